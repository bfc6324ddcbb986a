import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Settings } from "../../src/core/settings.ts";
import { keepBest } from "../../src/record/best-folder.ts";
import type { RunEvent } from "../../src/record/event.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { bestFiles } from "../../src/run/best-files.ts";
import { recorded } from "./made-event.ts";
import { eventsOfRun, type RunPlan, SCRIPT } from "./made-events.ts";
import { asMeasured, BLEND } from "./measured-events.ts";

/** Writes a run folder as the program leaves it, of as many refinement attempts as asked for. Returns the runs folder. */
export function makeRun(runId: string, plan: RunPlan = {}): string {
  const events = eventsOfRun(runId, plan);
  return writeRun(runId, plan.measured ? asMeasured(events, plan.text ?? "ratios") : events, plan);
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
    if (plan.measured) write(`attempts/${id}/final/validation.csv`, predictions(1.5));
  }
  if (plan.measured) writeGround(write);
  const ledger = Ledger.of(events);
  keepBest(folder, ledger.handedOut, (one) => bestFiles(folder, ledger, one));
  return runsFolder;
}

/** Forty lines of a table whose answer is its row. */
const LINES = Array.from({ length: 40 }, (_, row) => row);
const predictions = (off: number) =>
  ["id,y", ...LINES.map((row) => `${row},${row + off}`)].join("\n");

/** What a run that measures keeps beside its attempts: the truth, and what its blend predicts. */
function writeGround(write: (path: string, text: string) => void): void {
  const truth = ["__unit,__fold,id,y", ...LINES.map((row) => `${row},${row % 3},${row},${row}`)];
  write("truth/truth.json", JSON.stringify({ idColumns: ["id"], columns: ["y"] }));
  write("truth/validation.csv", truth.join("\n"));
  write("view-final/folds.csv", "unit,row,fold\n0,0,0\n");
  write("view-final/validation_sample.csv", "id,y\n0,0\n");
  write(`attempts/${BLEND}/submission.csv`, "id,y\n1,2\n");
  write(`attempts/${BLEND}/final/validation.csv`, predictions(-0.5));
  write(`attempts/${BLEND}/final/blend.json`, "{}");
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
