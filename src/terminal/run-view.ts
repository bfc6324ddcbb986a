import { type Caps, spentOf } from "../core/budget.ts";
import type { Direction } from "../core/candidate.ts";
import type { Spent } from "../core/expected-cost.ts";
import type { RecordedEvent } from "../core/run-event.ts";
import { branchOf } from "../report/facts/place.ts";
import { type Estimate, estimateEnd } from "./estimate-end.ts";

export interface RunningScript {
  id: string;
  purpose: Extract<RecordedEvent, { type: "script" }>["purpose"];
  startedAt: number;
  /** The usual time of such scripts so far; null before the first. */
  expectedSeconds: number | null;
}

/** One track, the ensemble or the submission. */
export interface BranchView {
  name: string;
  stage: string;
  /** The place it was last heard from. */
  step: string;
  lastAgent: { name: string; at: number } | null;
  running: RunningScript[];
  /** Of its last candidates, newest first; null for one that failed. */
  scores: (number | null)[];
  isDone: boolean;
}

/** Where a run is, derived from its events: all that the live display shows. */
export interface RunView {
  task: string;
  runId: string;
  model: string;
  metric: string | null;
  direction: Direction;
  best: { score: number; previous: number | null; at: string } | null;
  branches: BranchView[];
  spent: Spent;
  calls: number;
  caps: Caps;
  limitSeconds: number | null;
  estimate: Estimate | null;
  /** Milliseconds of the last event: from here on the clock counts as work. */
  lastEventAt: number;
}

/** The view of a run at its last event. */
export function runView(events: readonly RecordedEvent[], caps: Caps): RunView {
  const run = events.find((event) => event.type === "run");
  const task = events.find((event) => event.type === "task");
  const spent = spentOf(events);
  const promotion = events.findLast((event) => event.type === "promotion");
  const branches = new Map<string, BranchView>();
  for (const event of events) follow(branches, event);
  const ensembles = events.some(({ type, at }) => type === "stage" && at === "ensemble");
  const lastStep = `refine-${run?.settings.outerSteps ?? 0}`;
  for (const branch of branches.values()) {
    branch.isDone =
      branch.name.startsWith("track-") &&
      (ensembles || hasDecided(events, `${branch.name}/${lastStep}`));
  }
  for (const branch of branches.values())
    for (const script of branch.running) script.expectedSeconds = usualSeconds(events, script);
  return {
    task: run?.task ?? "",
    runId: run?.runId ?? "",
    model: run?.model ?? "",
    metric: task?.metric ?? null,
    direction: task?.direction ?? "minimize",
    best: promotion ?? null,
    branches: [...branches.values()].toSorted((a, b) => order(a.name) - order(b.name)),
    spent,
    calls: events.filter(({ type }) => type === "agent").length,
    caps,
    limitSeconds: run?.settings.scriptSeconds ?? null,
    estimate: run === undefined ? null : estimateEnd(events, run.settings, spent.seconds),
    lastEventAt: Date.parse(events.at(-1)?.time ?? "") || 0,
  };
}

const SCORES_SHOWN = 3;

function follow(branches: Map<string, BranchView>, event: RecordedEvent): void {
  // Scripts of a process that is gone run no longer.
  if (event.type === "opened") for (const branch of branches.values()) branch.running = [];
  const name = branchOf(event.at);
  if (!/^(track-\d+|ensemble|submission)$/.test(name)) return;
  const branch = branches.get(name) ?? emptyBranch(name);
  branches.set(name, branch);
  const place = event.at.slice(name.length + 1);
  if (place !== "") branch.step = place;
  if (event.type === "stage") branch.stage = event.stage;
  if (event.type === "agent") branch.lastAgent = { name: event.agent, at: Date.parse(event.time) };
  if (event.type === "candidate")
    branch.scores = [event.score, ...branch.scores].slice(0, SCORES_SHOWN);
  if (event.type === "script-started") {
    const { at: id, purpose, time } = event;
    branch.running.push({ id, purpose, startedAt: Date.parse(time), expectedSeconds: null });
  }
  if (event.type === "script") branch.running = branch.running.filter(({ id }) => id !== event.at);
}

const emptyBranch = (name: string): BranchView => ({
  name,
  stage: name.startsWith("track-") ? "models" : name,
  step: "",
  lastAgent: null,
  running: [],
  scores: [],
  isDone: false,
});

const hasDecided = (events: readonly RecordedEvent[], at: string) =>
  events.some((event) => event.type === "decision" && event.at === at);

const order = (name: string) =>
  name === "submission" ? 10_001 : name === "ensemble" ? 10_000 : Number(name.split("-")[1]);

/** The middle of the times of finished scripts of the same purpose, of its own branch when there are any. */
function usualSeconds(events: readonly RecordedEvent[], script: RunningScript): number | null {
  const alike = events.filter(
    (event) =>
      event.type === "script" && event.outcome === "ok" && event.purpose === script.purpose,
  );
  const own = alike.filter(({ at }) => branchOf(at) === branchOf(script.id));
  const seconds = (own.length > 0 ? own : alike)
    .flatMap((event) => (event.type === "script" ? [event.seconds] : []))
    .toSorted((a, b) => a - b);
  return seconds[Math.floor(seconds.length / 2)] ?? null;
}
