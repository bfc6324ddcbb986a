import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { blendSolution, type MemberScript } from "../../tools/measure/scorer/blend-solution.ts";
import { publishedMembers } from "../../tools/measure/scorer/publish-members.ts";
import type { HandedOut } from "../record/attempt.ts";
import type { BestFiles } from "../record/best-folder.ts";
import type { Ledger } from "../record/ledger.ts";
import { membersOf, partsOf, standsOnMembers } from "../record/members.ts";

/** What a solution reads beside the task's own data. */
const GIVEN = ["folds.csv", "validation_sample.csv", "classes.csv"];
const Truth = z.object({ idColumns: z.array(z.string()) });

/**
 * The files of `best/` beside its submission: one script, or for a blend and for a script that stands on members, these
 * scripts with a `solution.py` that runs and joins them; and the folds they were scored on.
 */
export function bestFiles(runFolder: string, ledger: Ledger, handedOut: HandedOut): BestFiles {
  const finalView = join(runFolder, "view-final");
  const given = GIVEN.filter((name) => existsSync(join(finalView, name)));
  const copies = Object.fromEntries(given.map((name) => [name, join(finalView, name)]));
  const attempt = handedOut.candidate === null ? null : ledger.find(handedOut.candidate);
  const isJoined = attempt !== null && (attempt.blend !== null || standsOnMembers(attempt.script));
  if (!isJoined) return { texts: { "solution.py": handedOut.script }, copies };

  const members = membersOf(ledger);
  const parts =
    attempt.blend === null ? members.map((one) => one.attempt) : partsOf(attempt, members);
  const published = publishedMembers(join(runFolder, "truth"));
  const numberOf = (runId: string, name: string) =>
    1 + published.findIndex((one) => one.runId === runId && one.name === name);
  const scripts: (MemberScript & { text: string })[] = [...new Set(parts)].map((part, index) => ({
    ...{
      id: part.run?.id ?? part.id,
      file: `members-${index + 1}.py`,
      sees: [],
      text: part.script,
    },
  }));
  if (attempt.blend === null)
    scripts.push({
      ...{ id: attempt.run?.id ?? attempt.id, file: "last.py", text: attempt.script },
      sees: members.map(({ runId: id, name, score, attempt: { title } }) => ({
        ...{ number: numberOf(id, name), id, name, title, score },
      })),
    });
  const texts: Record<string, string> = {
    "solution.py": blendSolution(),
    "scripts.json": JSON.stringify(
      scripts.map(({ text: _, ...one }) => one),
      null,
      1,
    ),
    ...Object.fromEntries(scripts.map(({ file, text }) => [file, text])),
  };
  if (attempt.blend === null) texts["blend.json"] = plainBlend(runFolder, ledger);
  else
    copies["blend.json"] = join(runFolder, "attempts", attempt.run?.id ?? "", "final/blend.json");
  return { texts, copies };
}

/** The settings of what is no blend: the last script's own predictions. */
function plainBlend(runFolder: string, { ground, best }: Ledger): string {
  const { idColumns: ids } = Truth.parse(
    JSON.parse(readFileSync(join(runFolder, "truth", "truth.json"), "utf8")),
  );
  const { predicts, columns } = ground ?? { predicts: "numbers", columns: [] };
  return JSON.stringify({
    kind: "script",
    members: [],
    predicts,
    columns,
    ids,
    score: best?.score,
  });
}
