import { z } from "zod";
import { SettingsError } from "./errors.ts";
import { ReviewSubject } from "./review.ts";

const count = (fallback: number, least: number) => z.int().min(least).default(fallback);
const paper = (symbol: string, title: string, description: string) => ({
  symbol,
  title,
  description,
});

/** How much of the data a model may be told: their form alone; values and statistics too; or also what scripts print of them. */
export const Share = z.enum(["schema", "samples", "all"]);
export type Share = z.infer<typeof Share>;

const SHARE = "it is auto, none, or a share from 0.01 to 0.5";

/** Every number of the paper and of this implementation: symbol, default, meaning. Flags and forms are made from it. */
export const Settings = z.object({
  models: count(4, 1).meta(paper("M", "Models", "model descriptions retrieved for each track")),
  outerSteps: count(4, 0).meta(
    paper("T", "Outer steps", "ablations, each followed by the refinement of one block"),
  ),
  innerSteps: count(4, 1).meta(
    paper("K", "Inner steps", "plans tried for the block of an outer step"),
  ),
  tracks: count(2, 1).meta(paper("L", "Tracks", "solutions developed in parallel, then ensembled")),
  ensembleRounds: count(5, 0).meta(
    paper("R", "Ensemble rounds", "ways tried to combine the tracks"),
  ),
  maxTrainRows: count(30_000, 100).meta(
    paper("", "Training rows", "cap on training rows while searching; lifted for the submission"),
  ),
  debugRounds: count(3, 0).meta(
    paper("", "Debug rounds", "corrections of a failing script before it is given up"),
  ),
  scriptSeconds: count(1200, 5).meta(paper("", "Seconds per script", "time limit of one script")),
  patience: count(0, 0).meta(
    paper(
      "",
      "Patience",
      "attempts in a row without gain after which a loop ends; 0 for never, as in the paper",
    ),
  ),
  method: z
    .enum(["measured", "paper"])
    .default("measured")
    .meta(
      paper("", "Method", "measured: scripts are blended by their predictions; paper: by joining"),
    ),
  holdout: z
    .union(
      [z.enum(["auto", "none"]), z.coerce.number<number>().min(0.01, SHARE).max(0.5, SHARE)],
      SHARE,
    )
    .default("auto")
    .meta(paper("", "Hold-out", "share of the units that no script of the search sees")),
  acceptance: z
    .number()
    .min(0)
    .default(0)
    .meta(
      paper("", "Acceptance", "standard errors by which an attempt must gain to replace its base"),
    ),
  leakageCheck: z
    .boolean()
    .default(true)
    .meta(
      paper(
        "",
        "Leakage check",
        "scripts are checked for leakage: would-be winners, or all (paper)",
      ),
    ),
  dataUsageCheck: z
    .boolean()
    .default(true)
    .meta(
      paper(
        "",
        "Data usage check",
        "scripts are checked once for unused data, of each track or one",
      ),
    ),
  explore: z
    .boolean()
    .default(true)
    .meta(
      paper("", "Exploration", "a language model looks at the data with a script of its own first"),
    ),
  laps: z
    .boolean()
    .default(true)
    .meta(
      paper(
        "",
        "Laps",
        "a run with a cap goes on, move by move, until the cap is near; not in paper",
      ),
    ),
  share: Share.default("all").meta(
    paper(
      "",
      "Share",
      "what models are told of the data: their schema, samples of values too, or all that scripts print",
    ),
  ),
  review: z
    .array(ReviewSubject)
    .default([])
    .meta(paper("", "Review", "where the run pauses for a person's answer")),
  seed: count(0, 0).meta(paper("", "Seed", "of splits, models and the built-in engineer")),
  instructions: z
    .string()
    .trim()
    .max(4000, "it has more than 4,000 characters; say it shorter")
    .default("")
    .meta(paper("", "Instructions", "what every agent of a language model is told in your words")),
});
export type Settings = z.infer<typeof Settings>;

/** The settings, or a sentence that names the first that is none. */
export function parseSettings(given: unknown): Settings {
  const settings = Settings.safeParse(given);
  if (settings.success) return settings.data;
  const [issue] = settings.error.issues;
  throw new SettingsError(`setting ${issue?.path.join(".")}: ${issue?.message}`);
}

/** Settings that decide where a run pauses and stops, not what its numbers mean: they may change while it is under way. */
export const FREE_SETTINGS: readonly string[] = ["review", "patience"] satisfies (keyof Settings)[];

/** What differs between two settings, each in words: `outerSteps was 3 and is 4`. */
export function changedSettings(
  before: Settings,
  after: Settings,
): { name: string; words: string }[] {
  return Settings.keyof().options.flatMap((name) => {
    const [old, now] = [JSON.stringify(before[name]), JSON.stringify(after[name])];
    return old === now ? [] : [{ name, words: `${name} was ${old} and is ${now}` }];
  });
}
