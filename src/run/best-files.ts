import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { blendSolution, type MemberScript } from "../../tools/measure/scorer/blend-solution.ts";
import { MADE_LIST } from "../../tools/measure/view/place-others.ts";
import type { Attempt } from "../record/attempt.ts";
import type { BestFiles } from "../record/best-folder.ts";
import type { HandedOut } from "../record/handed-out.ts";
import type { Ledger } from "../record/ledger.ts";
import { membersOf, partsOf, standsOnMembers } from "../record/members.ts";

/** What a solution reads beside the task's own data, and beside what was made of them. */
const GIVEN = ["folds.csv", "validation_sample.csv", "classes.csv"];
const Made = z.array(z.string());
const Truth = z.object({ idColumns: z.array(z.string()) });

/**
 * The files of `best/` beside its submission: one script, or for a blend and for a script that stands on members, these
 * scripts with a `solution.py` that runs and joins them; the folds they were scored on; and test set and sample where the task brings none.
 */
export function bestFiles(runFolder: string, ledger: Ledger, handedOut: HandedOut): BestFiles {
  const finalView = join(runFolder, "view-final");
  const list = join(runFolder, "truth", MADE_LIST);
  const made = existsSync(list) ? Made.parse(JSON.parse(readFileSync(list, "utf8"))) : [];
  const given = [...GIVEN, ...made].filter((name) => existsSync(join(finalView, name)));
  const copies = Object.fromEntries(given.map((name) => [name, join(finalView, name)]));
  const attempt = handedOut.candidate === null ? null : ledger.find(handedOut.candidate);
  const isJoined = attempt !== null && (attempt.blend !== null || standsOnMembers(attempt.script));
  if (!isJoined) return { texts: { "solution.py": handedOut.script }, copies };

  const members = membersOf(ledger);
  const parts =
    attempt.blend === null ? members.map((one) => one.attempt) : partsOf(attempt, members);
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
      sees: members.map(({ number, runId: id, name, score, attempt: { title } }) => ({
        ...{ number, id, name, title, score },
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
  if (attempt.blend === null) texts["blend.json"] = plainBlend(runFolder, ledger, attempt);
  else
    copies["blend.json"] = join(runFolder, "attempts", attempt.run?.id ?? "", "final/blend.json");
  return { texts, copies };
}

/** The settings of what is no blend: the last script's own predictions. */
function plainBlend(runFolder: string, { ground }: Ledger, { score }: Attempt): string {
  const { idColumns: ids } = Truth.parse(
    JSON.parse(readFileSync(join(runFolder, "truth", "truth.json"), "utf8")),
  );
  const { predicts, columns } = ground ?? { predicts: "numbers", columns: [] };
  return JSON.stringify({ kind: "script", members: [], predicts, columns, ids, score });
}
