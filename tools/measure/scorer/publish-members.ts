import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../../src/record/write-atomically.ts";
import { collectOutput } from "../../run-python/collect-output.ts";
import { answered, type Conversation } from "./conversation.ts";

/** A member as later scripts are told of it. */
export interface Published {
  runId: string;
  name: string;
  title: string;
  score: number;
  final: string;
}

const Listed = z.array(z.object({ runId: z.string(), name: z.string() }));

/** Every member that was ever shown; its place, from 1, is its number in `./input/members/`. */
export function publishedMembers(truth: string): z.infer<typeof Listed> {
  const path = join(truth, "published.json");
  return existsSync(path) ? Listed.parse(JSON.parse(readFileSync(path, "utf8"))) : [];
}

/** Puts the members' arrays into the view, each under a number that never changes, and takes away what is not among them. */
export async function publishing(
  members: readonly Published[],
  {
    truth,
    view,
    isFinal,
    ask,
    seconds,
  }: { truth: string; view: string; isFinal: boolean; seconds: number } & Pick<Conversation, "ask">,
): Promise<void> {
  const known = publishedMembers(truth);
  const placeOf = ({ runId, name }: Pick<Published, "runId" | "name">) =>
    known.findIndex((one) => one.runId === runId && one.name === name);
  for (const { runId, name } of members)
    if (placeOf({ runId, name }) < 0) known.push({ runId, name });
  writeAtomically(join(truth, "published.json"), JSON.stringify(known));
  const folderOf = (place: number) => join(view, "members", String(place + 1));
  const shown = new Set(members.map(placeOf));
  for (const place of known.keys())
    if (!shown.has(place)) await rm(folderOf(place), { recursive: true, force: true });
  const fresh = members.filter((member) => !existsSync(folderOf(placeOf(member))));
  if (fresh.length === 0) return;
  await ask({ do: "publish", members: fresh, final: isFinal }, seconds, async (said) => {
    const { folder } = answered(said);
    for (const [index, member] of fresh.entries()) {
      const target = folderOf(placeOf(member));
      await mkdir(`${target}.part`, { recursive: true });
      for (const part of ["validation", "test"])
        await collectOutput(
          folder,
          ["out", `${index}_${part}.npy`],
          join(`${target}.part`, `${part}.npy`),
        );
      const { title, score, runId: from, name } = member;
      await writeFile(
        join(`${target}.part`, "member.json"),
        JSON.stringify({ title, score, from, name }),
      );
      await rename(`${target}.part`, target);
    }
  });
}
