import { formatSeconds } from "../../report/format.ts";
import { estimateEnd } from "./estimate-end.ts";
import type { RunView } from "./run-view.ts";

const SECONDS_BETWEEN = 60;

/** How far a run is, in a line a minute, where no live view shows it; each call asks for what is due. */
export function tellProgress(view: RunView): () => string[] {
  let told = 0;
  return () => {
    const { ledger, plan } = view;
    const worked = ledger.secondsWorked;
    if (plan === null || ledger.run === null || worked - told < SECONDS_BETWEEN) return [];
    told = worked;
    const { done, left, secondsLeft } = estimateEnd(ledger, ledger.run.settings, plan);
    if (secondsLeft === null) return [];
    const cap = plan.caps.seconds;
    // Laps use what a cap leaves: nobody knows how many scripts they will take.
    if (cap !== null)
      return [line(worked, `at most ${formatSeconds(Math.max(0, cap - worked))} left`)];
    const scripts = `${done} of about ${done + left} scripts done`;
    return [line(worked, `${scripts}, about ${formatSeconds(secondsLeft)} left`)];
  };
}

const line = (worked: number, told: string) => `[${formatSeconds(worked)}] ${told}`;
