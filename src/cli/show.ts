import type { Command } from "commander";
import { SettingsError } from "../core/errors.ts";
import { readFacts } from "../report/facts/read-facts.ts";
import { showAttempt } from "../report/show-attempt.ts";
import { showCosts } from "../report/show-costs.ts";
import { showRun } from "../report/show-run.ts";
import { overRun } from "./follow.ts";

type ShowFlags = { runsDir: string; attempt?: string; costs?: boolean };

/** `mle-star show <run-id>`: a run in a screenful, or one attempt with all it left. */
export function addShowCommand(program: Command): void {
  overRun(program, "show", "tell what happened in a run")
    .option("--attempt <id>", "one attempt: its plan, diff, output, result and script")
    .option("--costs", "calls, tokens and money of each agent and each stage")
    .action((runId: string, { runsDir, attempt, costs }: ShowFlags) => {
      const facts = readFacts(runsDir, runId);
      // A pipe has no size: whoever reads it gets whole lines and every attempt.
      const { columns = Number.POSITIVE_INFINITY, rows = Number.POSITIVE_INFINITY } =
        process.stdout;
      if (attempt === undefined) {
        const lines = costs ? showCosts(facts.totals) : showRun(facts, { columns, rows });
        return console.log(lines.join("\n"));
      }
      const text = showAttempt(facts, attempt.replace(/^attempts\/|\/$/g, ""));
      if (text !== null) return console.log(text);
      const known = facts.attempts.map(({ id }) => id).join(", ");
      throw new SettingsError(
        `attempt "${attempt}": run ${runId} has none; it has ${known || "no attempts"}`,
      );
    });
}
