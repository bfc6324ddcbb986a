import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { SettingsError } from "../core/errors.ts";
import { totalsOf } from "../report/facts/costs.ts";
import { type RunFacts, runFacts } from "../report/facts/run-facts.ts";
import { readEvidence, runEvents } from "../report/read-evidence.ts";
import { type ReadAttemptFile, showAttempt } from "../terminal/show-attempt.ts";
import { showCosts } from "../terminal/show-costs.ts";
import { showRun } from "../terminal/show-run.ts";

interface ShowFlags {
  runsDir: string;
  attempt?: string;
  costs?: boolean;
}

/** `mle-star show <run-id>`: a run in a screenful, or one attempt with all it left. */
export function addShowCommand(program: Command): void {
  program
    .command("show")
    .description("tell what happened in a run")
    .argument("<run-id>")
    .option("--attempt <id>", "one attempt: its plan, diff, output, result and script")
    .option("--costs", "calls, tokens and money of each agent and each stage")
    .option("--runs-dir <folder>", "where runs are kept", "runs")
    .action((runId: string, { runsDir, attempt, costs }: ShowFlags) => {
      const folder = join(runsDir, runId);
      const facts = runFacts(readEvidence(runsDir, runId));
      if (attempt !== undefined) console.log(attemptText(facts, attempt, folder));
      else if (costs === true) console.log(showCosts(totalsOf(runEvents(folder))).join("\n"));
      else {
        // A pipe has no size: whoever reads it gets whole lines and every attempt.
        const { columns = Number.POSITIVE_INFINITY, rows = Number.POSITIVE_INFINITY } =
          process.stdout;
        console.log(showRun(facts, { columns, rows, folder }).join("\n"));
      }
    });
}

function attemptText(facts: RunFacts, id: string, folder: string): string {
  const read: ReadAttemptFile = (attempt, name) => {
    const path = join(folder, "attempts", attempt, name);
    return existsSync(path) ? readFileSync(path, "utf8") : null;
  };
  const text = showAttempt(facts, id.replace(/^attempts\/|\/$/g, ""), read);
  if (text !== null) return text;
  const known = facts.attempts.map((one) => one.id);
  throw new SettingsError(
    `attempt "${id}": run ${facts.record.runId} has none; it has ${known.length === 0 ? "no attempts" : known.join(", ")}`,
  );
}
