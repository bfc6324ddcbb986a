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
  return `About ${parts.join(", ")}.${limit}${kept}`;
}

const count = (amount: number) => new Intl.NumberFormat("en-US").format(Math.floor(amount));

/** Up to three minutes in seconds, up to three hours in minutes. */
function time(seconds: number): string {
  if (seconds < 180) return `${Math.floor(seconds)} seconds`;
  if (seconds < 10_800) return `${Math.floor(seconds / 60)} minutes`;
  return `${(Math.floor(seconds / 360) / 10).toString()} hours`;
}
