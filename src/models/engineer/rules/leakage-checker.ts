import type { z } from "zod";
import type { LeakageCheckerAnswer, LeakageCheckerInput } from "../../../core/questions.ts";
import { isOwnScript } from "../script/script.ts";

/** Finds no leak: a script of this engineer fits inside its folds, and one of another hand it cannot read. */
export function leakageChecker({
  candidate,
}: LeakageCheckerInput): z.infer<typeof LeakageCheckerAnswer> {
  const explanation = isOwnScript(candidate.script)
    ? "Every encoder, scaler, neighbour search and model is fitted inside a fold, on its fitting rows alone."
    : "Not checked: the built-in engineer cannot read a script that it did not write.";
  return { leaks: false, explanation, block: "", correction: "" };
}
