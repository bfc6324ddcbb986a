import type { RunPurpose } from "../../core/candidate.ts";
import type { Caps } from "../../core/caps.ts";
import { expectedCost, largestCall } from "../../record/expected-cost.ts";
import type { Ledger } from "../../record/ledger.ts";
import { NOTHING, type Spent } from "../../record/spent.ts";

/** What is about to happen in the world: its expected cost counts as spent until it has ended. */
export type Act =
  | {
      type: "call";
      agent: string;
      /** Of its prompt, about. */
      tokens: number;
    }
  | { type: "script"; purpose: RunPurpose };

/** Whether it makes the submission, for which room is kept. */
export const finishes = (act: Act): boolean =>
  act.type === "call" ? act.agent === "submitter" : act.purpose === "submission";

const CALL_CAPS: readonly (keyof Caps)[] = ["seconds", "tokens", "usd"];
const SCRIPT_CAPS: readonly (keyof Caps)[] = ["seconds", "scriptRuns", "scriptSeconds"];

/** Whether the act uses up what has this cap. */
export const concerns = ({ type }: Act, cap: keyof Caps): boolean =>
  (type === "call" ? CALL_CAPS : SCRIPT_CAPS).includes(cap);

/** What acts under way will add, each. Calls are taken for large ones; before the first is known, for all that there is. */
export function underway(acts: Iterable<Act>, caps: Caps, ledger: Ledger): Spent[] {
  const most = largestCall(ledger);
  const isUnknown = ledger.calls.length === 0;
  const script = { ...expectedCost("attempt", ledger), seconds: 0, tokens: 0, usd: 0 };
  return [...acts].map((act) => {
    if (act.type === "script") return script;
    if (isUnknown) return { ...NOTHING, tokens: caps.tokens ?? 0, usd: caps.usd ?? 0 };
    const growth = most.tokens === 0 ? 1 : Math.max(1, act.tokens / most.tokens);
    return { ...NOTHING, tokens: most.tokens * growth, usd: most.usd * growth };
  });
}
