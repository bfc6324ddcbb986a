import { existsSync, readdirSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { collectOutput } from "../../run-python/collect-output.ts";
import { answered, type Conversation } from "./conversation.ts";

/** A member as later scripts are told of it. */
export interface Published {
  /** Its folder in `./input/members/`; it never changes. */
  number: number;
  runId: string;
  /** Of its file; empty for the attempt's own predictions. */
  name: string;
  /** What it is called in questions and in `member.json`. */
  shortName: string;
  title: string;
  score: number;
  final: string;
}

/** Puts the members' arrays into the view, each under its number, and takes away what is not among them. */
export async function publishing(
  members: readonly Published[],
  {
    view,
    isFinal,
    ask,
    seconds,
  }: { view: string; isFinal: boolean; seconds: number } & Pick<Conversation, "ask">,
): Promise<void> {
  const all = join(view, "members");
  const folderOf = ({ number }: Pick<Published, "number">) => join(all, String(number));
  const shown = new Set(members.map(({ number }) => String(number)));
  for (const name of existsSync(all) ? readdirSync(all) : [])
    if (!shown.has(name)) await rm(join(all, name), { recursive: true, force: true });
  const fresh = members.filter((member) => !existsSync(folderOf(member)));
  if (fresh.length === 0) return;
  await ask({ do: "publish", members: fresh, final: isFinal }, seconds, async (said) => {
    const { folder } = answered(said);
    for (const [index, member] of fresh.entries()) {
      const target = folderOf(member);
      await mkdir(`${target}.part`, { recursive: true });
      for (const part of ["validation", "test"])
        await collectOutput(
          folder,
          ["out", `${index}_${part}.npy`],
          join(`${target}.part`, `${part}.npy`),
        );
      const { shortName: name, title, score, runId: from } = member;
      await writeFile(
        join(`${target}.part`, "member.json"),
        JSON.stringify({ name, title, score, from }),
      );
      await rename(`${target}.part`, target);
    }
  });
}
