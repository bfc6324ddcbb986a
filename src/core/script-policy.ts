import { z } from "zod";

/** How scripts are run: what confines them, what they may install, what is kept ready or remembered. */
export const ScriptPolicy = z.object({
  /** Null: the first sandbox that works; the built-in engineer's own scripts also run where none does. */
  sandbox: z.enum(["auto", "bubblewrap", "seatbelt", "none"]).nullable().default(null),
  packages: z.enum(["off", "allowlist"]).default("allowlist"),
  /** A folder of pretrained weights that scripts may read; null when there is none. */
  weights: z.string().min(1).nullable().default(null),
  cache: z.boolean().default(true),
  prewarm: z.boolean().default(true),
  /** Keeps, when the run has ended, also predictions that its result does not stand on. */
  keepPredictions: z.boolean().default(false),
});
export type ScriptPolicy = z.infer<typeof ScriptPolicy>;

export const USUAL_SCRIPTS: ScriptPolicy = ScriptPolicy.parse({});
