import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { END } from "@langchain/langgraph";
import { withLangGraph } from "@langchain/langgraph/zod";
import { z } from "zod";
import { AgentOutputError, OverBudgetError } from "../src/core/errors.ts";
import { Place } from "../src/core/place.ts";
import type { Common } from "../src/core/questions.ts";
import type { Step } from "../src/core/step.ts";
import type { EventOf } from "../src/record/event.ts";
import { notebookOf } from "../src/record/notebook.ts";
import { refusalKey } from "../src/record/work.ts";
import type { Ports } from "./ports.ts";

/** What every state holds: how many events of the run it has taken in, so that a look back sees what was known then. */
export const Seen = z.object({
  seen: withLangGraph(z.number(), {
    default: () => 0,
    reducer: { schema: z.number(), fn: (one: number, other: number) => Math.max(one, other) },
  }),
});

/** Ids of candidates from parallel branches, joined in the order they were sent. */
export const ids = withLangGraph(z.array(z.string()), {
  default: () => [],
  reducer: {
    schema: z.array(z.string()),
    fn: (all: string[], more: string[]) => [...all, ...more],
  },
});

type Node<State> = (
  state: State,
  runtime: LangGraphRunnableConfig,
) => Partial<State> | Promise<Partial<State>>;

/** The way every node enters its graph: typed by its state, and saying how far the run was when it ended. */
export const nodeOf =
  <State extends z.infer<typeof Seen>>({ journal }: Pick<Ports, "journal">) =>
  (node: Node<State>) =>
  async (state: State, runtime: LangGraphRunnableConfig): Promise<Partial<State>> => ({
    ...(await node(state, runtime)),
    seen: journal.ledger.count,
  });

/** What every agent is told at a place: the task, the machine, the limits, and the run so far. */
export function commonAt(
  { prepared, settings, journal }: Pick<Ports, "prepared" | "settings" | "journal">,
  at: string,
): Common {
  const { task, workbench, ground } = prepared();
  if (task === null) throw new Error("the task is asked for before it was prepared");
  const { ledger } = journal;
  const notebook = settings.method === "paper" ? null : notebookOf(ledger, Place.parse(at));
  // The final run has the tables as they were given, and where there is but one, the view's for the others.
  const isAlone = task.test === null && task.submission.sample === null;
  const isFinal = Place.parse(at).stage === "submission" && !isAlone;
  const seen = { ...task, ...(isFinal ? null : ground?.seen) };
  const told = { task: seen, findings: ledger.findings, notebook };
  return { at, ground, workbench, settings, ...told };
}

/**
 * The configuration for a graph that a node runs inside itself. Without the hand-over of its signal, a time-out or a
 * sibling's failure would end the node while the inner graph, and its scripts, went on.
 */
export function nested(runtime: LangGraphRunnableConfig): LangGraphRunnableConfig {
  return {
    ...runtime,
    // A trace inherits them already.
    tags: [],
    configurable: {
      ...runtime.configurable,
      __pregel_abort_signals: { externalAbortSignal: runtime.signal },
    },
  };
}

/** The node's update; when its agent gave no usable answer or was not asked for want of budget, the update made of that. */
export const orElse =
  <State, Runtime, Update, Instead>(
    node: (state: State, runtime: Runtime) => Update | Promise<Update>,
    instead: (failure: Error, state: State) => Instead,
  ) =>
  async (state: State, runtime: Runtime): Promise<Update | Instead> => {
    try {
      return await node(state, runtime);
    } catch (error) {
      if (error instanceof AgentOutputError || error instanceof OverBudgetError)
        return instead(error, state);
      throw error;
    }
  };

/** A choice that hung on scores: the recorded one, or else this one, which is recorded. */
export const decide = (
  { journal }: Pick<Ports, "journal">,
  subject: EventOf<"decision">["subject"],
  { at, parts }: { at: Place; parts: readonly string[] },
  choose: () => { chosen: string[]; kept: boolean; reason: string },
) =>
  journal.choose("decision", { at: at.text, name: "decision", parts }, () => ({
    subject,
    ...choose(),
  }));

/** Whether the run's caps let the step begin; that they do not is recorded, and holds until there is more room. */
export function begins(
  { budget, journal }: Pick<Ports, "budget" | "journal">,
  step: Step,
): boolean {
  const { kind, at } = step;
  const { ledger } = journal;
  if (ledger.isBegun(step)) return true;
  if (ledger.refusalOf(step) !== null) return false;
  const reason = budget(step);
  if (reason === null) return true;
  journal.note({ type: "left-out", key: refusalKey(at, ledger.begunAnew), at, step: kind, reason });
  return false;
}

/** A router that goes on as it is told while the caps let its next step begin, and else to the end. */
export const affordable =
  <State, Next extends string>(
    ports: Pick<Ports, "budget" | "journal">,
    stepOf: (state: State) => Step,
    router: (state: State) => Next,
  ) =>
  (state: State): Next | typeof END => {
    const next = router(state);
    return next === END || begins(ports, stepOf(state)) ? next : END;
  };
