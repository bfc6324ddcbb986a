import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Settings } from "../../src/core/settings.ts";
import { keepBest } from "../../src/record/best-folder.ts";
import type { RunEvent } from "../../src/record/event.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { recorded } from "./made-event.ts";
import { eventsOfRun, type RunPlan, SCRIPT } from "./made-events.ts";

/** Writes a run folder as the program leaves it, of as many refinement attempts as asked for. Returns the runs folder. */
export function makeRun(runId: string, plan: RunPlan = {}): string {
  return writeRun(runId, eventsOfRun(runId, plan), plan);
}

/** Writes the folder of a run in which this happened. Returns the runs folder. */
export function writeRun(runId: string, happened: readonly RunEvent[], plan: RunPlan = {}): string {
  const runsFolder = mkdtempSync(join(tmpdir(), "mle-star-report-"));
  const folder = join(runsFolder, runId);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const events = recorded(happened);
  write("scratchpad.jsonl", events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  write("run.json", JSON.stringify(recordOf(runId, plan)));
  write("view/train.csv", "id,y\n1,2\n");
  for (const event of events) {
    if (event.type !== "script") continue;
    const { id, stdout, stderr, submission } = event.run;
    write(`attempts/${id}/solution.py`, `# ${id}\n${SCRIPT}`);
    write(`attempts/${id}/stdout.txt`, stdout);
    write(`attempts/${id}/stderr.txt`, stderr);
    if (submission === null) continue;
    write(`attempts/${id}/final/submission.csv`, "id,y\n1,2\n");
    write(`attempts/${id}/submission.csv`, "id,y\n1,2\n");
  }
  keepBest(folder, Ledger.of(events).handedOut, ({ script }) => ({
    texts: { "solution.py": script },
    copies: {},
  }));
  return runsFolder;
}

const recordOf = (runId: string, plan: RunPlan) => ({
  runId,
  createdAt: "2026-01-02T03:04:05.000Z",
  version: "0.2.0",
  task: { name: plan.text ?? "toy", folder: "/data/toy task", fingerprint: "3f".repeat(32) },
  metric: plan.metric ?? "rmse",
  settings: Settings.parse({ tracks: 2, innerSteps: 2 }),
  model: "offline",
  models: [],
  python: null,
  node: "v24.0.0",
});
