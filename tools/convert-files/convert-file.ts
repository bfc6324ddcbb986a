import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  createReadStream,
  lstatSync,
  readFileSync,
  renameSync,
  symlinkSync,
} from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { extname, join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ToolError } from "../../src/core/errors.ts";
import type { Python } from "../environments/interpreter-roots.ts";
import { madeOnce } from "../environments/made-once.ts";
import type { Executor } from "../run-python/sandbox/executor.ts";
import { removeFolder } from "../run-python/sandbox/remove-folder.ts";
import { makeWorkFolder, placeScript } from "../run-python/sandbox/work-folder.ts";
import { scriptEnvironment } from "../run-python/script-environment.ts";
import type { ForeignFormat } from "./foreign-format.ts";

/** The tables that were in a file. */
export interface Converted {
  /** Where they lie, as `0.csv`, `1.csv` and so on. */
  folder: string;
  /** What each is called in the file; empty where a file has but one. */
  tables: string[];
  /** What was left out of the file, one sentence each. */
  notes: string[];
}

export interface ConverterOptions {
  /** The Python of a format's reader. */
  pythonFor: (format: ForeignFormat) => Promise<Python>;
  executor: () => Promise<Executor>;
  /** Of texts that are not in UTF-8, where a person has named it. */
  encoding?: string | null;
  /** The program's data home: what was converted is kept below it. */
  home: string;
  signal?: AbortSignal | undefined;
  seconds?: number;
  memoryMb?: number;
}

const CONVERTER = fileURLToPath(new URL("./convert.py", import.meta.url));
const [SECONDS, MEMORY_MB, MOST_REPORT_BYTES] = [600, 4096, 2 ** 20];
// Another user than any script's and the scorer's, where root starts it.
const SLOT = 1001;

const Report = z.union([
  z.object({ tables: z.array(z.string()).max(50), notes: z.array(z.string()) }),
  z.object({ problem: z.string() }),
]);
const Tables = z.object({ tables: z.array(z.string()), notes: z.array(z.string()) });

/** Turns a foreign file into CSV tables in the sandbox, or finds them again; a `ToolError` says why there are none. */
export async function convertFile(
  path: string,
  format: ForeignFormat,
  options: ConverterOptions,
): Promise<Converted> {
  const converter = readFileSync(CONVERTER);
  const hash = createHash("sha256").update(converter).update(format);
  hash.update(options.encoding ?? "");
  const source = createReadStream(path);
  source.on("data", (chunk) => hash.update(chunk));
  await finished(source);
  const folder = join(options.home, "converted", hash.digest("hex").slice(0, 32));
  const make = () => convertInto(folder, path, format, converter.toString(), options);
  return { folder, ...(await madeOnce(folder, Tables, make, { signal: options.signal })) };
}

async function convertInto(
  folder: string,
  path: string,
  format: ForeignFormat,
  converter: string,
  options: ConverterOptions,
): Promise<z.infer<typeof Tables>> {
  const { pythonFor, executor, home, signal, encoding = null } = options;
  const { seconds = SECONDS, memoryMb = MEMORY_MB } = options;
  const [python, back] = [await pythonFor(format), await executor()];
  const scratch = join(home, "converted", "work");
  await mkdir(scratch, { recursive: true, mode: 0o755 });
  // The converter is shown this file and nothing beside it.
  const inputFolder = await mkdtemp(join(scratch, "input-"));
  chmodSync(inputFolder, 0o755);
  const name = `table${extname(path)}`;
  symlinkSync(path, join(inputFolder, name));
  const work = await makeWorkFolder(scratch, inputFolder);
  try {
    await placeScript(work, converter);
    const wanted = JSON.stringify({ path: `input/${name}`, kind: format, encoding });
    const limits = { cpus: 1, gpu: null, seed: 0, seconds, maxTrainRows: null };
    const execution = await back.start({
      ...{ interpreter: python.interpreter, interpreterRoots: python.interpreterRoots },
      ...{ workFolder: work, inputFolder, slot: SLOT, cores: [], gpu: null, memoryMb },
      environment: { ...scriptEnvironment(limits), ...python.variables, MLE_STAR_CONVERT: wanted },
      cpuSeconds: seconds,
    });
    for (const stream of [execution.stdout, execution.stderr]) stream.resume();
    let isLate = false;
    const stop = () => execution.stop(true);
    const overdue = setTimeout(() => {
      isLate = true;
      stop();
    }, seconds * 1000);
    signal?.addEventListener("abort", stop, { once: true });
    const { exitCode } = await execution.ended.finally(() => clearTimeout(overdue));
    signal?.removeEventListener("abort", stop);
    signal?.throwIfAborted();
    if (isLate) throw new ToolError(`reading it took longer than ${seconds} s`);
    const report = readReport(join(work, "final", "report.json"));
    if (report === null && execution.hasRunOut?.() === true)
      throw new ToolError(`it takes more than ${memoryMb} MB of memory`);
    if (report === null)
      throw new ToolError(
        `its reader ended with code ${exitCode}, within ${memoryMb} MB of memory`,
      );
    if ("problem" in report) throw new ToolError(report.problem);
    for (const at of report.tables.keys())
      take(join(work, "final", `${at}.csv`), join(folder, `${at}.csv`));
    return report;
  } finally {
    await removeFolder(work);
    await rm(inputFolder, { recursive: true });
  }
}

/** Nothing of the converter runs any more; what it left may be anything. */
function readReport(path: string): z.infer<typeof Report> | null {
  const state = lstatSync(path, { throwIfNoEntry: false });
  if (!state?.isFile() || state.size > MOST_REPORT_BYTES) return null;
  return Report.parse(JSON.parse(readFileSync(path, "utf8")));
}

function take(from: string, to: string): void {
  const state = lstatSync(from, { throwIfNoEntry: false });
  if (!state?.isFile() || state.nlink !== 1) throw new ToolError("its reader left no table");
  renameSync(from, to);
  chmodSync(to, 0o644);
  if (process.getuid?.() === 0) chownSync(to, 0, 0);
}
