/** Prints what reading a task with a train table of so many megabytes takes, beside pandas, and then its ground: `node bench/ground-memory.ts 1000 [folder]`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Task } from "../src/core/task.ts";
import { pythonEnvironment } from "../tools/environments/python-environment.ts";
import { prepareGround } from "../tools/measure/ground/prepare-ground.ts";
import { understand } from "../tools/measure/ground/understand.ts";
import { csvForm } from "../tools/measure/units/records.ts";
import { TableFile } from "../tools/measure/view/text-file.ts";
import { readTask } from "../tools/read-task/read-task.ts";

const COLUMNS = ["id", "when", "place", "a", "b", "c", "d", "price"];
const BYTES_PER_ROW = 88;
const TEST_ROWS = 10_000;

function write(path: string, from: number, count: number, kept: number): void {
  const table = new TableFile(path, COLUMNS.slice(0, kept), csvForm(","));
  for (let at = from; at < from + count; at += 1) {
    const noise = (salt: number) => (Math.abs(Math.sin(at * salt)) * 1e4) % 1;
    const numbers = [12.9, 78.2, 37.7, 93.1].map((salt) => noise(salt).toFixed(9));
    const day = `${2000 + (at % 20)}-0${1 + (at % 9)}-11 10:00:00`;
    const cells = [`r${at}`, day, `p${at % 1000}`, ...numbers, (noise(5.1) * 100).toFixed(2)];
    table.add(cells.slice(0, kept));
  }
  table.close();
}

const [megabytes = "1000", place = tmpdir(), made] = process.argv.slice(2);
const rows = Math.floor((Number(megabytes) * 1e6) / BYTES_PER_ROW);
if (made !== undefined) {
  write(join(made, "train.csv"), 0, rows, COLUMNS.length);
  write(join(made, "test.csv"), rows, TEST_ROWS, COLUMNS.length - 1);
  process.exit();
}

const folder = mkdtempSync(join(place, "ground-"));
// In a process of its own, so that only the memory of the ground is counted.
spawnSync(process.execPath, [import.meta.filename, megabytes, place, folder], { stdio: "inherit" });
writeFileSync(join(folder, "task.md"), "Predict the `price`.\n\nMetric: RMSE\n");
const { size } = statSync(join(folder, "train.csv"));
console.log(`train.csv: ${Math.round(size / 1e6)} MB, ${rows} rows`);

let [begun, cpu] = [performance.now(), process.cpuUsage()];
function told(what: string): void {
  const { user, system } = process.cpuUsage(cpu);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const most = Math.round(process.resourceUsage().maxRSS / 1000);
  console.log(
    `${what}: ${seconds} s, ${((user + system) / 1e6).toFixed(1)} s of a core, ${most} MB at most`,
  );
  [begun, cpu] = [performance.now(), process.cpuUsage()];
}
const options = { seed: 0, holdout: "auto" } as const;
await understand(await readTask(folder, { isGlance: true }), { metric: "rmse", ...options });
told("understood at a glance");
const reading = await readTask(folder);
told("read to the end");
const python = await pythonEnvironment({ environment: process.env, onProgress: () => {} });
const pandas = `import pandas, resource, sys
pandas.read_csv(sys.argv[1])
used = resource.getrusage(resource.RUSAGE_SELF)
print(f"pandas reads it: {used.ru_utime + used.ru_stime:.1f} s of a core, {used.ru_maxrss // 1000} MB at most")`;
// It holds all of it, several times over.
if (Number(megabytes) <= 2000)
  spawnSync(python.interpreter, ["-c", pandas, join(folder, "train.csv")], { stdio: "inherit" });
told("beside it");
const task = Task.parse({ ...reading.draft, modality: "tabular" });
const { ground } = await prepareGround({ reading, task, runFolder: folder, ...options });
told(`prepared: ${JSON.stringify(ground.units)}`);
rmSync(folder, { recursive: true });
