import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { END, MemorySaver, Send, START, StateGraph } from "@langchain/langgraph";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { ids } from "../../graphs/node.ts";
import { Place, place } from "../../src/core/place.ts";
import type { Answer } from "../../src/core/review.ts";
import { anyEvent, type RunEvent } from "../../src/record/event.ts";
import { openEventLog } from "../../src/record/event-log.ts";
import { type Journal, journalOf } from "../../src/record/journal.ts";
import { Ledger } from "../../src/record/ledger.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

class Killed extends Error {}

/** A process of the program: its journal dies with the given append, before or after the line is on the disk. */
function processOn(path: string, dieAt: number, when: "before" | "after"): Journal {
  let appended = 0;
  let isDead = false;
  const log = openEventLog(path, {
    now: () => new Date(),
    clock: () => performance.now(),
    onEvent: () => {},
  });
  const die = () => {
    isDead = true;
    throw new Killed();
  };
  return journalOf({
    events: log.events,
    append(event, sharedFrom) {
      if (isDead) throw new Killed();
      appended += 1;
      if (appended === dieAt && when === "before") die();
      const recorded = log.append(event, sharedFrom);
      if (appended === dieAt) die();
      return recorded;
    },
  });
}

const State = z.object({ at: z.string(), step: z.number().default(0), done: ids });
type State = z.infer<typeof State>;
const STEPS = 3;
const ACCEPT: Answer = { type: "accept" };

/** Two tracks of three steps each; every step asks, searches, chooses, runs, measures and blends, in the light of what the other track did. */
function toyGraph(journal: Journal, paid: string[], random: () => number) {
  const effect = (at: string, name: string, parts: unknown = {}) => ({ at, name, parts });
  const pay = async (what: string) => {
    await sleep(random() * 2);
    paid.push(what);
    await sleep(random() * 2);
  };
  const step = async ({ at, step }: State) => {
    const here = Place.parse(at).refine(step + 1).text;
    await journal.once("search", effect(here, "search", { query: here }), async () => {
      await pay(`search ${here}`);
      return { query: here, seconds: 0, hits: [] };
    });
    // What the other track did is only shown, and differs from one go to the next.
    const shown = journal.events.length;
    const call = await journal.once("call", effect(here, "planner", { step }), async () => {
      await pay(`call ${here}`);
      return {
        ...{ agent: "planner", seconds: 0, problem: null, usage: null },
        ...{ promptCharacters: shown, answer: `plan ${at} ${step}` },
      };
    });
    const answered = journal.recorded("review", effect(here, "review", { plan: call.answer }));
    if (answered === null) {
      await pay(`review ${here}`);
      const body = { subject: "plans" as const, proposed: { plan: call.answer }, answer: ACCEPT };
      journal.record("review", effect(here, "review", { plan: call.answer }), body);
    }
    // A choice that hangs on time and on the other track.
    const { chosen } = journal.choose("decision", effect(here, "decision", call.answer), () => ({
      subject: "refinement" as const,
      chosen: [random() < 0.5 ? "left" : "right"],
      kept: true,
      reason: `${journal.events.length} events so far`,
    }));
    const script = `${call.answer} ${chosen[0]}`;
    await journal.once("script", effect(here, "script", { script }), async () => {
      await pay(`script ${here}`);
      return {
        purpose: "solution" as const,
        run: {
          ...{ id: here, ok: true, outcome: "ok" as const, exitCode: 0, origin: "ran" as const },
          ...{ stdout: script, stderr: "", seconds: 1, submission: null },
        },
      };
    });
    const score = { score: step, error: 1, interval: [0, 1] as [number, number], folds: [] };
    await journal.once("measurement", effect(here, "measurement", { parent: null }), async () => {
      await pay(`measurement ${here}`);
      const own = { name: "", score: step };
      return {
        ...{ runId: here, problem: null, measurement: score, gain: null, notes: [], seconds: 1 },
        members: [own],
      };
    });
    const after = Place.parse(here).blend.text;
    await journal.once("blend", effect(after, "blend", null), async () => {
      await pay(`blend ${after}`);
      const members = [{ runId: here, name: "", weight: 1 }];
      return {
        ...{ runId: after, members, measurement: score, gain: null, seconds: 1 },
        submission: null,
      };
    });
    return { step: step + 1, done: [script] };
  };
  const track = new StateGraph(State)
    .addNode("work", step)
    .addEdge(START, "work")
    .addConditionalEdges("work", ({ step }) => (step < STEPS ? "work" : END), ["work", END])
    .compile();
  const Whole = z.object({ done: ids });
  return new StateGraph(Whole)
    .addNode(
      "track",
      async ({ at }: { at: string }, runtime) => ({
        done: (await track.invoke({ at }, runtime)).done,
      }),
      { input: z.object({ at: z.string() }), subgraphs: [track] },
    )
    .addConditionalEdges(
      START,
      () => [1, 2].map((number) => new Send("track", { at: place.track(number).text })),
      ["track"],
    )
    .addEdge("track", END);
}

/** Numbers from 0 to 1 that a seed decides. */
const seeded = (seed: number) => () => {
  seed = (seed * 1664525 + 1013904223) % 2 ** 32;
  return seed / 2 ** 32;
};

test.each([
  { keeps: true, when: "after" as const },
  { keeps: false, when: "after" as const },
  { keeps: true, when: "before" as const },
])(
  "a kill $when any event, with checkpoints $keeps: nothing is paid twice and no choice is made twice",
  async ({ keeps, when }) => {
    for (let dieAt = 1; dieAt <= 2 * STEPS * 7; dieAt += 1) {
      const folder = mkdtempSync(join(tmpdir(), "mle-star-once-"));
      folders.push(folder);
      const path = join(folder, "scratchpad.jsonl");
      const random = seeded(dieAt);
      const saver = new MemorySaver();
      const paid: string[] = [];
      const go = (journal: Journal) =>
        toyGraph(journal, paid, random)
          .compile({ checkpointer: keeps ? saver : new MemorySaver() })
          .invoke(keeps && paid.length > 0 ? null : {}, {
            configurable: { thread_id: "toy" },
            durability: "sync",
          });
      const first = processOn(path, dieAt, when);
      await expect(go(first)).rejects.toThrow();
      // Effects that were under way when it died end unheard.
      await sleep(8);
      const recorded = first.events.map(({ key }) => key);
      const second = processOn(path, 0, when);
      expect(second.events.map(({ key }) => key)).toEqual(recorded);
      const finished = new Set(second.events.map(({ type, at }) => `${type} ${at}`));
      const before = paid.length;
      const end = await go(second);
      // What died on its way to the record may be done once more; what was recorded never is.
      expect(paid.slice(before).filter((what) => finished.has(what))).toEqual([]);
      expect(end.done).toHaveLength(2 * STEPS);
      const keys = second.events.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      // A third process finds everything done, whatever its dice say.
      const third = processOn(path, 0, when);
      const again = paid.length;
      const same = await toyGraph(third, paid, seeded(dieAt + 1000))
        .compile()
        .invoke({});
      expect(paid).toHaveLength(again);
      expect(same.done).toEqual(end.done);
      expect(summary(third.ledger)).toEqual(summary(Ledger.of(second.events)));
    }
  },
);

const summary = ({ calls, executions, spent }: Ledger) => ({
  calls: calls.map(({ key }) => key),
  scripts: executions.map(({ run }) => run.stdout),
  spent: { ...spent, seconds: 0 },
});

test("two that come to one effect at the same time do it once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mle-star-once-"));
  folders.push(folder);
  const journal = processOn(join(folder, "scratchpad.jsonl"), 0, "before");
  let times = 0;
  const effect = { at: "track-1", name: "page", parts: { url: "http://a" } };
  const ask = () =>
    journal.once("page", effect, async () => {
      times += 1;
      await sleep(5);
      return { url: "http://a", seconds: 0, page: null };
    });
  const [one, other] = await Promise.all([ask(), ask()]);
  expect(times).toBe(1);
  expect(one).toEqual(other);
});

test("what failed is not recorded, and comes up again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mle-star-once-"));
  folders.push(folder);
  const journal = processOn(join(folder, "scratchpad.jsonl"), 0, "before");
  const effect = { at: "track-1", name: "page", parts: { url: "http://a" } };
  const gone = journal.once("page", effect, () => Promise.reject(new Error("gone")));
  await expect(gone).rejects.toThrow("gone");
  const page = await journal.once("page", effect, async () => ({
    ...{ url: "http://a", seconds: 0, page: null },
  }));
  expect(page.url).toBe("http://a");
});

test("a fork takes over what it comes to, names where it is from, and pays for none of it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mle-star-once-"));
  folders.push(folder);
  const usage = {
    ...{ model: "x", inputTokens: 10, outputTokens: 5, cachedTokens: null, reasoningTokens: null },
    costUsd: 1,
  };
  const body = {
    ...{ agent: "coder", seconds: 3, answer: "code", problem: null, usage },
    promptCharacters: 1,
  };
  const effect = { at: "track-1/model-1", name: "coder", parts: "plan" };
  const source = processOn(join(folder, "a.jsonl"), 0, "before");
  source.record("call", effect, body);
  const log = openEventLog(join(folder, "b.jsonl"), {
    now: () => new Date(),
    clock: () => 0,
    onEvent: () => {},
  });
  const fork = journalOf(log, { events: source.events, from: "first" });
  expect(fork.events).toEqual([]);
  const call = await fork.once("call", effect, () => Promise.reject(new Error("paid again")));
  expect(call).toMatchObject({ answer: "code", sharedFrom: "first" });
  expect(fork.ledger.spent).toMatchObject({ tokens: 0, usd: 0 });
  expect(source.ledger.spent).toMatchObject({ tokens: 15, usd: 1 });
});

test("an event of an unknown form is none", () => {
  const event: RunEvent = { type: "stage", key: "a", at: "track-1", stage: "refinement" };
  const stamp = { time: "2026-01-01T00:00:00Z", elapsed: 0, sharedFrom: null };
  expect(anyEvent({ ...event, ...stamp })).toEqual({ ...event, ...stamp });
  expect(anyEvent({ ...event, ...stamp, stage: 3 })).toBeNull();
  expect(anyEvent({ ...event, type: "agent", ...stamp })).toBeNull();
  expect(anyEvent(event)).toBeNull();
});
