import type { Ground } from "../src/core/ground.ts";
import type { Measuring, Model, RunPython, SearchWeb } from "../src/core/ports.ts";
import { type Common, isBlended } from "../src/core/questions.ts";
import type { Settings } from "../src/core/settings.ts";
import type { Step } from "../src/core/step.ts";
import type { Task, TaskDraft, Workbench } from "../src/core/task.ts";
import type { Journal } from "../src/record/journal.ts";

/** What the graphs need of the world. What does not change once a run is prepared is reached here, not kept in states. */
export interface Ports {
  settings: Settings;
  model: Model;
  /** Whether the built-in engineer answers: it explores nothing, and goes by what is measured for it. */
  isBuiltIn: boolean;
  runPython: RunPython;
  /** Null when no search is configured: then nothing is asked for queries. */
  searchWeb: SearchWeb | null;
  /** How long a script may look at the data before the first solution; null where nobody looks. */
  lookSeconds: number | null;
  /** The run's record: facts are noted there, choices made, and its ledger asked who is best. */
  journal: Journal;
  /** Finds out what scores stand on, once the task is known; nothing where that was done. */
  layGround: () => Promise<void>;
  /** How scores are measured; null where they are what scripts print, or before there is a ground. */
  measuring: () => Measuring | null;
  /** Whether the run draws on a cap: then it goes on until that is near. */
  isCapped: () => boolean;
  /** The cap that stands in the way of a step, in a sentence; null when it may begin. */
  budget: (step: Step) => string | null;
  /** The task as it was prepared; null while its metric is still to be asked for. */
  prepared: () => {
    task: Task | null;
    draft: TaskDraft;
    ground: Ground | null;
    workbench: Workbench;
  };
  /** How alike the submissions of two attempts are: 1 for equal predictions, about 0 for unrelated ones; null without both. */
  agreement: (runId: string, otherRunId: string) => Promise<number | null>;
  /** A plain script that can be relied on, for a run that has nothing else to submit; null where there is none. */
  baseline: (common: Common) => string | null;
  /** Writes the run's result and report. */
  finish: () => Promise<void>;
}

/** Whether solutions are joined into one script (the paper's way): elsewhere their predictions are joined. */
export const joinsScripts = ({ settings, prepared }: Pick<Ports, "settings" | "prepared">) =>
  !isBlended({ settings, ground: prepared().ground });

/** Whether plans may concern the whole script and start from the best attempt so far: for language models, outside the paper's way. */
export const isUnbound = ({ isBuiltIn, settings }: Pick<Ports, "isBuiltIn" | "settings">) =>
  !isBuiltIn && settings.method !== "paper";

/** Whether what a blend gains speaks for a plan. It hangs on which track was faster: the built-in engineer's uncapped runs repeat, and leave it out. */
export const blendsSpeak = ({ isBuiltIn, isCapped }: Pick<Ports, "isBuiltIn" | "isCapped">) =>
  !isBuiltIn || isCapped();
