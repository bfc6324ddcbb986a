import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { SettingsError } from "../core/errors.ts";
import { makeFolder } from "../record/make-folder.ts";
import { writeAtomically } from "../record/write-atomically.ts";
import { taskMeans } from "./means.ts";
import { Row } from "./row.ts";
import { csvOf, markdownOf, type Results } from "./tables.ts";

const Flags = z.record(z.string(), z.json());
/** What every run is asked for, by the names of flags. */
export type Flags = z.infer<typeof Flags>;

/** What a folder of results measures; it holds no other. */
const Bench = z.object({ tasks: z.string(), flags: Flags });

/** Makes the folder, or finds it as an earlier call left it; refused where that had other settings. Returns the file of settings. */
export function openBench(folder: string, tasks: string, flags: Flags): string {
  makeFolder(folder, `--out ${folder}: it cannot be written; choose another folder`);
  const path = join(folder, "bench.json");
  const wanted = { tasks: resolve(tasks), flags };
  if (existsSync(path)) {
    const found = Bench.parse(JSON.parse(readFileSync(path, "utf8")));
    const names = [...new Set([...Object.keys(found.flags), ...Object.keys(flags)])];
    const other = names.filter(
      (name) => JSON.stringify(found.flags[name]) !== JSON.stringify(flags[name]),
    );
    if (found.tasks !== wanted.tasks || other.length > 0)
      throw new SettingsError(
        `${folder}: it holds a benchmark of ${other.length > 0 ? `another --${other.join(", --")}` : found.tasks}; give another --out, or the same again`,
      );
  }
  for (const name of ["runs", "logs"]) mkdirSync(join(folder, name), { recursive: true });
  writeAtomically(path, `${JSON.stringify(wanted, null, 2)}\n`);
  const settings = join(folder, "settings.yaml");
  writeAtomically(settings, `${JSON.stringify(flags, null, 2)}\n`);
  return settings;
}

export function resultsOf(rows: Row[], against: Results["against"]): Results {
  return { rows, tasks: taskMeans(rows), against };
}

/** Writes `results.json`, `results.csv` and `results.md`. */
export function writeResults(folder: string, results: Results): void {
  writeAtomically(join(folder, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
  writeAtomically(join(folder, "results.csv"), csvOf(results.rows));
  writeAtomically(join(folder, "results.md"), markdownOf(results));
}

/** The rows of an earlier benchmark. */
export function readResults(folder: string): Row[] {
  const path = join(folder, "results.json");
  if (!existsSync(path))
    throw new SettingsError(
      `--against ${folder}: it holds no results.json; give a folder of bench`,
    );
  const found = z.object({ rows: z.array(Row) }).safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (found.success) return found.data.rows;
  throw new SettingsError(`--against ${folder}: another version of the program wrote its results`);
}
