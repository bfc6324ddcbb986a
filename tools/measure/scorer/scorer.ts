import { join } from "node:path";
import { z } from "zod";
import { Explained, Insight, type Measurement } from "../../../src/core/measurement.ts";
import type { Python } from "../../environments/interpreter-roots.ts";
import { collectOutput } from "../../run-python/collect-output.ts";
import type { Executor } from "../../run-python/sandbox/executor.ts";
import { Blended, Combined, HeldOut, Scored } from "./answers.ts";
import { answered, type Conversation, startConversation } from "./conversation.ts";
import { type Published, publishing } from "./publish-members.ts";
import { setUp } from "./set-up.ts";

export interface ScorerOptions {
  /** The folder of the truth. */
  truth: string;
  /** What scripts see in the search; members are published there. */
  view: string;
  /** What they see in the final run; null where there is none. */
  finalView: string | null;
  /** The training table in the view; null or left out where units are no rows of one. */
  train?: { path: string; delimiter: string } | null;
  /** The sample submission's name in both; null where nothing is to be predicted. */
  sample: string | null;
  /** Folders it may read besides, by their real paths: where attempts lie. */
  readable: readonly string[];
  /** A folder for its processes' files. */
  writable: string;
  /** A person's own metric, a Python file; null for one of the table. */
  metricFile: string | null;
  python: Python;
  /** What confines scripts confines the scorer. */
  executor: Executor;
  cpus?: number;
  memoryMb?: number;
}

/** What holding predictions against the truth came to. */
interface Measured extends Omit<z.infer<typeof Scored>, "measurement"> {
  /** What is wrong with them, for whoever mends the script; null when they were scored. */
  problem: string | null;
  measurement: Measurement | null;
}

/** Predictions in a folder as an attempt leaves them; the name is empty for its own. */
interface MemberFiles {
  id: string;
  name: string;
  final: string;
}

export interface Scorer {
  /** Starts its process ahead of the first question: that takes seconds. */
  warm(): void;
  /** Why a person's own metric cannot be used; null where it can. */
  check(): Promise<string | null>;
  /** Scores what an attempt left in `final`, and compares it with what lies in `parent`. */
  measure(request: { final: string; parent: string | null }): Promise<Measured>;
  /** The best blend, with its files `into` a folder as an attempt leaves them; null when none is better than the best of its members. */
  blend(request: {
    members: readonly MemberFiles[];
    into: string;
  }): Promise<z.infer<typeof Blended> | null>;
  /** What these predictions get most wrong, and how alike the first few of the members predict; null where that cannot be told. */
  insight(request: { final: string; members: readonly MemberFiles[] }): Promise<Insight | null>;
  /** What these predictions go by, where they are worst, and what guessing would score; null where that cannot be told. */
  explain(request: { final: string }): Promise<Omit<Explained, "missing"> | null>;
  /** The blend in this folder, from final runs of its members: what each attempt left in the search, and in its final run. */
  combine(request: {
    blend: string;
    members: readonly { id: string; search: string; final: string | null }[];
    into: string;
  }): Promise<z.infer<typeof Combined>>;
  /** Shows these members, and no others, to later scripts: of the search, or of the final run. */
  publish(members: readonly Published[], run: "search" | "final"): Promise<void>;
  /** Scores a submission of the search on either half of the hold-out. */
  holdout(request: { submission: string }): Promise<z.infer<typeof HeldOut>>;
  close(): Promise<void>;
}

const MEASURE_SECONDS = 180;
const BLEND_SECONDS = 300;
const MEMORY_MB = 6144;
const FILES = [
  ...["validation.csv", "submission.csv", "blend.json"],
  ...["validation_scores.npy", "test_scores.npy"],
];

/** The scorer of a run: it alone reads the truth. Its process starts with the first question. */
export function startScorer(options: ScorerOptions): Scorer {
  const { truth, view, finalView, metricFile, writable, python, executor } = options;
  let conversation: Promise<Conversation> | null = null;
  let published: Promise<void> = Promise.resolve();
  const folders = [truth, view, finalView, metricFile].filter((path) => path !== null);
  const begin = async () =>
    startConversation({
      ...{ python, executor, writable, setup: await setUp(options) },
      readable: [...folders, ...options.readable],
      cpus: options.cpus ?? 1,
      memoryMb: options.memoryMb ?? MEMORY_MB,
    });
  const ask: Conversation["ask"] = async (request, seconds, use) => {
    conversation ??= begin();
    return (await conversation).ask(request, seconds, use);
  };
  const take = async (folder: string, into: string) => {
    for (const name of FILES) await collectOutput(folder, ["out", name], join(into, name));
  };
  return {
    warm() {
      // The first question tells of what is wrong.
      ask({ do: "clear" }, MEASURE_SECONDS, () => null).catch(() => {});
    },
    check: () =>
      ask({ do: "check" }, MEASURE_SECONDS, (said) => ("problem" in said ? said.problem : null)),
    measure: (request) =>
      ask({ do: "measure", ...request }, MEASURE_SECONDS, (said) =>
        "problem" in said
          ? { problem: said.problem, measurement: null, gain: null, members: [], notes: [] }
          : { problem: null, ...Scored.parse(said.answer) },
      ),
    blend: ({ members, into }) =>
      ask({ do: "blend", members }, BLEND_SECONDS, async (said) => {
        const { answer, folder } = answered(said);
        const blended = Blended.nullable().parse(answer);
        if (blended !== null) await take(folder, into);
        return blended;
      }),
    insight: (request) =>
      ask({ do: "insight", ...request }, MEASURE_SECONDS, (said) => {
        if ("problem" in said) return null;
        const { worst, alike } = Insight.extend({ worst: z.array(z.string()) }).parse(said.answer);
        return { worst: worst.length === 0 ? null : worst.join("\n"), alike };
      }),
    explain: (request) =>
      ask({ do: "explain", ...request }, MEASURE_SECONDS, (said) =>
        "problem" in said ? null : Explained.omit({ missing: true }).parse(said.answer),
      ),
    combine: ({ into, ...request }) =>
      ask({ do: "combine", ...request }, BLEND_SECONDS, async (said) => {
        const { answer, folder } = answered(said);
        await take(folder, into);
        return Combined.parse(answer);
      }),
    publish: async (members, run) => {
      const isFinal = run === "final";
      const into = isFinal ? finalView : view;
      if (into === null) return;
      const around = { view: into, isFinal, ask, seconds: MEASURE_SECONDS };
      // One after another: both would place the same members.
      published = published.catch(() => {}).then(() => publishing(members, around));
      await published;
    },
    holdout: (request) =>
      ask({ do: "holdout", ...request }, MEASURE_SECONDS, (said) =>
        // What a submission lacks has been told where it was checked.
        "problem" in said ? { first: null, second: null } : HeldOut.parse(said.answer),
      ),
    async close() {
      await (await conversation)?.close();
    },
  };
}
