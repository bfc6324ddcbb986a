import type { Caps } from "../caps.ts";

export interface Remaining {
  caps: Caps;
  spent: Readonly<Record<keyof Caps, number>>;
  /** The time limit of a script that would start now. */
  scriptSeconds: number;
  /** What is kept for the submission's script. */
  keptSeconds: number;
}

/** What is left of a run's caps, in a sentence for whoever plans or writes its next step; null when it has none. */
export function remainingInWords({
  caps,
  spent,
  scriptSeconds,
  keptSeconds,
}: Remaining): string | null {
  const of = (cap: keyof Caps, inWords: (amount: number) => string, what = "") => {
    const limit = caps[cap];
    return limit === null
      ? []
      : [`${inWords(Math.max(0, limit - spent[cap]))} of ${inWords(limit)}${what}`];
  };
  const parts = [
    ...of("seconds", time),
    ...of("scriptRuns", count, " script runs"),
    ...of("scriptSeconds", time, " of script time"),
    ...of("tokens", count, " tokens"),
    ...of("usd", (usd) => `$${usd.toFixed(2)}`),
  ];
  if (parts.length === 0) return null;
  const isTimed = caps.seconds !== null || caps.scriptSeconds !== null;
  const limit = isTimed ? ` One script may now take ${time(scriptSeconds)} at most.` : "";
  const kept =
    isTimed && keptSeconds > 0 ? ` The submission keeps ${time(keptSeconds)} of the time.` : "";
  const scripts = scriptsToCome({ caps, spent, keptSeconds });
  const room = scripts === null ? "" : ` ${roomFor(scripts)}`;
  return `About ${parts.join(", ")}.${room}${limit}${kept}`;
}

/** By what each script took so far, with all that was done around it; null before there is anything to go by. */
function scriptsToCome({
  caps,
  spent,
  keptSeconds,
}: Omit<Remaining, "scriptSeconds">): number | null {
  if (spent.scriptRuns < LEAST_SCRIPTS) return null;
  const names: (keyof Caps)[] = ["seconds", "scriptRuns", "scriptSeconds", "tokens", "usd"];
  const rooms = names.flatMap((cap) => {
    const kept = cap === "seconds" || cap === "scriptSeconds" ? keptSeconds : 0;
    const left = Math.max(0, (caps[cap] ?? 0) - spent[cap] - kept);
    return caps[cap] === null || spent[cap] === 0 ? [] : [(left / spent[cap]) * spent.scriptRuns];
  });
  return rooms.length === 0 ? null : Math.floor(Math.min(...rooms));
}

const LEAST_SCRIPTS = 2;

const roomFor = (scripts: number) =>
  scripts === 0
    ? "There is hardly room for another script like those so far."
    : `Room for about ${count(scripts)} more script ${scripts === 1 ? "run" : "runs"} like those so far, the program's own checks among them.`;

const count = (amount: number) => new Intl.NumberFormat("en-US").format(Math.floor(amount));

/** Up to three minutes in seconds, up to three hours in minutes. */
function time(seconds: number): string {
  if (seconds < 180) return `${Math.floor(seconds)} seconds`;
  if (seconds < 10_800) return `${Math.floor(seconds / 60)} minutes`;
  return `${(Math.floor(seconds / 360) / 10).toString()} hours`;
}
