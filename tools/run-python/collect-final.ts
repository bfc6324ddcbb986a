import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Collected, collectOutput } from "./collect-output.ts";

/** What a script may leave beside its submission: predictions that the program measures and blends. */
const PREDICTIONS = ["validation.csv", "validation_scores.npy", "test_scores.npy", "members.json"];
const MEMBER_ARRAY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}_(?:validation|test)\.npy$/;
const MOST_MEMBER_ARRAYS = 100;

/**
 * Takes over what a script left in `final/`, by its usual names, below the attempt's folder; the answer is what became of
 * the submission. A prediction that is refused is as one that is not there.
 */
export async function collectFinal(workFolder: string, attemptFolder: string): Promise<Collected> {
  const take = (...steps: string[]) =>
    collectOutput(workFolder, ["final", ...steps], join(attemptFolder, "final", ...steps));
  const arrays = await readdir(join(workFolder, "final", "members")).catch(() => []);
  const members = arrays.filter((name) => MEMBER_ARRAY.test(name)).toSorted();
  for (const name of PREDICTIONS) await take(name);
  for (const name of members.slice(0, MOST_MEMBER_ARRAYS)) await take("members", name);
  return take("submission.csv");
}
