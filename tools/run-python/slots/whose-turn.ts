/** Parts of the machine that a slot takes: its cores and its device, by names that all runs on it use. */
export type Parts = readonly string[];

/** A script that waits for a slot, has one, or had one. */
export interface ScriptState {
  id: number;
  run: string;
  track: string;
  urgency: number;
  /** The slots that would do, by their index. */
  slots: readonly Parts[];
  /** The one that it has or had; null while it waits. */
  slot: number | null;
  /** Counts the grants on the machine; null while it waits. */
  turn: number | null;
  hasEnded: boolean;
  /** Its process was told to pause: it neither uses nor takes anything. */
  isPaused: boolean;
}

/**
 * Which scripts get which slots now. The most urgent goes first; among equals the one whose run holds least, and then whose
 * run was served longest ago; within a run the same for tracks; then who came first. Nobody takes a part that one before
 * him waits for.
 */
export function grants(scripts: readonly ScriptState[]): { script: ScriptState; slot: number }[] {
  const given: { script: ScriptState; slot: number }[] = [];
  const awake = scripts.filter(({ isPaused }) => !isPaused);
  const waiting = new Set(awake.filter(({ slot }) => slot === null));
  const served = scripts.filter(({ slot }) => slot !== null);
  const holding = awake.filter(({ slot, hasEnded }) => slot !== null && !hasEnded);
  const taken = new Set(holding.flatMap(({ slots, slot }) => slots[slot ?? 0] ?? []));
  let turn = Math.max(0, ...served.map((script) => script.turn ?? 0));
  while (waiting.size > 0) {
    const [next] = [...waiting].toSorted(byRank(served));
    if (next === undefined) break;
    waiting.delete(next);
    const slot = freeSlot(next, served, taken);
    for (const part of slot === -1 ? next.slots.flat() : (next.slots[slot] ?? [])) taken.add(part);
    if (slot === -1) continue;
    turn += 1;
    served.push({ ...next, slot, turn });
    given.push({ script: next, slot });
  }
  return given;
}

/** The free one that the run used longest ago, where a Python may be ready by now; -1 when none is free. */
function freeSlot(
  { run, slots }: ScriptState,
  served: readonly ScriptState[],
  taken: ReadonlySet<string>,
): number {
  const lastUse = (slot: number) =>
    Math.max(
      0,
      ...served.map((one) => (one.run === run && one.slot === slot ? (one.turn ?? 0) : 0)),
    );
  const free = slots.flatMap((parts, slot) =>
    parts.some((part) => taken.has(part)) ? [] : [slot],
  );
  return free.toSorted((a, b) => lastUse(a) - lastUse(b))[0] ?? -1;
}

function byRank(served: readonly ScriptState[]) {
  const claims = (scripts: readonly ScriptState[]) => [
    scripts.filter(({ hasEnded }) => !hasEnded).length,
    Math.max(0, ...scripts.map(({ turn }) => turn ?? 0)),
  ];
  const rankOf = ({ id, run, track, urgency }: ScriptState) => {
    const ofRun = served.filter((other) => other.run === run);
    const ofTrack = ofRun.filter((other) => other.track === track);
    return [-urgency, ...claims(ofRun), ...claims(ofTrack), id];
  };
  return (first: ScriptState, second: ScriptState) => {
    const [ours, theirs] = [rankOf(first), rankOf(second)];
    const differs = ours.findIndex((value, index) => value !== theirs[index]);
    return (ours[differs] ?? 0) - (theirs[differs] ?? 0);
  };
}
