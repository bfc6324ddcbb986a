import { z } from "zod";

const cap = (title: string, flag: string, description: string) =>
  z.number().positive().nullable().default(null).meta({ title, flag, description });

/** What a run may spend at most, counted over all its resumptions; null for no cap. */
export const Caps = z.object({
  seconds: cap("Time", "time", "wall-clock seconds of work"),
  scriptRuns: cap("Script runs", "max-script-runs", "scripts run"),
  scriptSeconds: cap("Script time", "max-script-time", "seconds of all scripts together"),
  tokens: cap("Tokens", "max-tokens", "tokens of the language model, in and out"),
  usd: cap("Money", "max-cost", "US dollars, as far as prices are known"),
});
export type Caps = z.infer<typeof Caps>;

export const NO_CAPS: Caps = Caps.parse({});
