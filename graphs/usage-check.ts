import { Place } from "../src/core/place.ts";
import type { Task } from "../src/core/task.ts";
import { ofType } from "../src/record/event.ts";
import { decide } from "./node.ts";
import type { Ports } from "./ports.ts";

/**
 * Whether a track's script is checked for unused data: always in the paper's way; elsewhere not where there is but one source
 * of information, and with a language model only in the track that comes to it first.
 */
export function checksUsage(ports: Ports, at: string): boolean {
  const { settings, journal, isBuiltIn } = ports;
  const { task } = ports.prepared();
  if (!settings.dataUsageCheck) return false;
  if (settings.method === "paper") return true;
  if (task !== null && hasOneSource(task)) return false;
  if (isBuiltIn) return true;
  const about = { at: Place.parse(at).dataUsage, parts: ["first"] };
  return decide(ports, "check", about, () => {
    const kept = !ofType(journal.events, "decision").some(
      (one) => one.kept && Place.parse(one.at).name === about.at.name,
    );
    const reason = kept ? "no track was checked yet" : "another track was checked";
    return { chosen: [], kept, reason };
  }).kept;
}

function hasOneSource({ train, otherTables, targets, submission }: Task): boolean {
  if (train === null || otherTables.length > 0) return false;
  const known = [...targets.map(({ name }) => name), ...submission.idColumns];
  return train.columns.filter(({ name }) => !known.includes(name)).length <= 1;
}
