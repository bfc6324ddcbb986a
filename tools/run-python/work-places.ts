import { freemem } from "node:os";
import type { Execution, ExecutionSpec, Executor, Spare } from "./sandbox/executor.ts";
import { removeFolder } from "./sandbox/remove-folder.ts";
import { makeWorkFolder } from "./sandbox/work-folder.ts";

/** Where one script will run: its folder, and the Python that may already wait there. */
export interface WorkPlace {
  workFolder: string;
  begin(spec: ExecutionSpec): Promise<Execution>;
}

interface Waiting {
  workFolder: string;
  interpreter: string;
  inputFolder: string;
  spare: Spare;
}

/** What most scripts import, and takes long: another script imports the rest itself. */
const AHEAD = [
  ...["numpy", "pandas", "sklearn.ensemble", "sklearn.linear_model", "sklearn.metrics"],
  ...["sklearn.model_selection", "sklearn.preprocessing", "lightgbm"],
];

const LEAST_FREE_BYTES = 2 * 2 ** 30;

/** Work folders for scripts, with one spare Python for each slot where the executor can make them and memory is free. */
export class WorkPlaces {
  readonly #waiting = new Map<number, Promise<Waiting | null>>();
  readonly #executor: Executor;
  readonly #parent: string;

  constructor(executor: Executor, parent: string) {
    this.#executor = executor;
    this.#parent = parent;
  }

  /** The place where the slot's spare waits, if it is of this Python and sees these data, or else a new one. */
  async take(slot: number, interpreter: string, inputFolder: string): Promise<WorkPlace> {
    const waiting = await this.#remove(slot);
    if (waiting !== null) {
      const { workFolder, spare } = waiting;
      const isSame = waiting.interpreter === interpreter && waiting.inputFolder === inputFolder;
      const isFit = isSame && !spare.hasEnded();
      if (isFit) return { workFolder, begin: async (spec) => spare.begin(spec) };
      await discard(waiting);
    }
    const workFolder = await makeWorkFolder(this.#parent, inputFolder);
    return { workFolder, begin: (spec) => this.#executor.start(spec) };
  }

  /** Starts the slot's next spare, which imports ahead while nothing else needs its cores. */
  refill(spec: ExecutionSpec): void {
    if (this.#executor.prepare === undefined || this.#waiting.has(spec.slot)) return;
    if (freemem() < LEAST_FREE_BYTES) return;
    // A spare that cannot be had costs nothing.
    const waiting = this.#prepare(spec).catch(() => null);
    this.#waiting.set(spec.slot, waiting);
  }

  async #prepare(spec: ExecutionSpec): Promise<Waiting | null> {
    const { interpreter, inputFolder } = spec;
    const workFolder = await makeWorkFolder(this.#parent, inputFolder);
    try {
      const spare = await this.#executor.prepare?.({ ...spec, workFolder }, AHEAD);
      if (spare !== undefined) return { workFolder, interpreter, inputFolder, spare };
    } catch {
      // The script starts cold, and says what is wrong.
    }
    await removeFolder(workFolder);
    return null;
  }

  async #remove(slot: number): Promise<Waiting | null> {
    const waiting = this.#waiting.get(slot);
    this.#waiting.delete(slot);
    return (await waiting) ?? null;
  }

  /** Ends the spares and removes their folders. */
  async close(): Promise<void> {
    const slots = [...this.#waiting.keys()];
    const left = await Promise.all(slots.map((slot) => this.#remove(slot)));
    await Promise.all(left.map((waiting) => waiting && discard(waiting)));
  }
}

async function discard({ workFolder, spare }: Waiting): Promise<void> {
  spare.stop(true);
  await spare.ended;
  spare.heldFolder?.letGo();
  await removeFolder(workFolder);
}
