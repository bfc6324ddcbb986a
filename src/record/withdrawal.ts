import { occurrences } from "../core/occurrences.ts";
import type { Place } from "../core/place.ts";
import type { EventOf } from "./event.ts";

/** A text that was found to leak, and where. */
export type Taint = EventOf<"leakage"> & { correction: string };

/** What a withdrawal looks at. */
interface Suspect {
  id: string;
  place: Place;
  script: string;
  members: readonly string[];
  withdrawn: string | null;
}

/** What the leakage says of other scripts; null when its text was not found even in its own. */
export const taintOf = (event: EventOf<"leakage">): Taint | null =>
  event.correction === null || event.block.trim() === ""
    ? null
    : { ...event, correction: event.correction };

/** How a script is laid out does not matter. */
const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== "");

/** Whether the script holds the tainted text other than within its correction. */
function holds(script: string, { block, correction }: Taint): boolean {
  const mended = wordsOf(correction);
  const rest: (string | null)[] = wordsOf(script);
  let end = 0;
  for (const at of occurrences(wordsOf(script), mended)) {
    if (at < end) continue;
    end = at + mended.length;
    rest.fill(null, at, end);
  }
  return occurrences(rest, wordsOf(block)).next().done === false;
}

/**
 * Why a script does not count, in a sentence; null when it does. It does not when it holds a text that leaks, or combines
 * one that does not count, unless it is the very script in which that leak was mended.
 */
export function withdrawalOf(
  suspect: Suspect,
  taints: readonly Taint[],
  others: ReadonlyMap<string, Suspect>,
): string | null {
  const taint = taints.find((one) => holds(suspect.script, one));
  if (taint !== undefined) return `its text leaks: ${taint.explanation}`;
  const member = suspect.members.map((id) => others.get(id)).find((one) => one?.withdrawn);
  if (member === undefined) return null;
  const causes = taints.filter((one) => holds(member.script, one));
  const isMended = causes.length > 0 && causes.every(({ at }) => at === suspect.place.text);
  return isMended ? null : `it combines ${member.id}, which does not count`;
}
