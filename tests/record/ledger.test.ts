import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { Run } from "../../src/core/candidate.ts";
import { place } from "../../src/core/place.ts";
import { SUBMISSION_NAME } from "../../src/record/attempt.ts";
import { keepBest, readCard } from "../../src/record/best-folder.ts";
import type { RecordedEvent, RunEvent } from "../../src/record/event.ts";
import type { HandedOut } from "../../src/record/handed-out.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { membersOf } from "../../src/record/members.ts";

let clock = 0;
const recorded = (event: RunEvent): RecordedEvent => {
  clock += 1;
  return { ...event, time: new Date(clock * 1000).toISOString(), elapsed: clock, sharedFrom: null };
};

const TASK: RunEvent = {
  ...{ type: "task", key: "task", at: "", metric: "rmse", direction: "minimize" },
  modality: "tabular",
};

const runOf = (id: string, score: number | null): Run => ({
  ...{ id, ok: score !== null, outcome: score === null ? "error" : "ok", exitCode: 0 },
  ...{ stdout: "", stderr: "", seconds: 1, origin: "ran" },
  submission: { valid: score !== null, problem: null },
});

interface Made {
  id: string;
  script: string;
  score: number | null;
  measured?: boolean;
  isBlend?: boolean;
  /** What a blend was held against. */
  beaten?: string[];
  parent?: string;
  members?: string[];
  plan?: string;
}

const measurementOf = (score: number) => ({
  ...{ score, error: 1, folds: [] },
  interval: [score - 2, score + 2] as [number, number],
});

function candidate(made: Made): RunEvent[] {
  const { id, script, score, parent, members = [], plan, measured = false } = made;
  const title = id;
  const links = { parent: parent ?? null, members, plan: plan ?? null };
  const problem = score === null ? "it failed" : null;
  return [
    { type: "script", key: `${id}/script`, at: id, purpose: "solution", run: runOf(id, score) },
    ...(measured && score !== null
      ? [
          {
            ...{ type: "measurement" as const, key: `${id}/measurement`, at: id, runId: id },
            ...{
              problem: null,
              measurement: measurementOf(score),
              gain: null,
              notes: [],
              seconds: 1,
            },
            members: [{ name: "", score }],
          },
        ]
      : []),
    {
      ...{ type: "candidate", key: `${id}/candidate`, at: id, title, script, score, problem },
      ...links,
      runId: id,
    },
  ];
}

const blend = (after: string, members: readonly string[], score: number): RunEvent => ({
  ...{ type: "blend", key: `${after}/blend`, at: `${after}/blend`, runId: `${after}/blend` },
  ...{ measurement: measurementOf(score), gain: { gain: 1, error: 1 }, seconds: 1 },
  members: members.map((runId) => ({ runId, name: "", weight: 1 / members.length })),
  submission: { valid: true, problem: null },
});

const proof = (runId: string, withdraws: boolean): RunEvent => ({
  ...{ type: "alarm", key: `${runId}/alarm`, at: runId, runId, kind: "permuted", withdraws },
  sentence: "it learned them",
});

const leak = (at: string, block: string, correction: string | null): RunEvent => ({
  ...{ type: "leakage", key: `${at}/leakage`, at, explanation: `${block} sees it`, block },
  correction,
});

const ledgerOf = (...events: RunEvent[]) => Ledger.of([TASK, ...events].map(recorded));

test("a leak withdraws every script that holds its text, and the next best takes its place", () => {
  const ledger = ledgerOf(
    ...candidate({ id: "track-1/model-1", script: "a\nfit(all)\nb", score: 1 }),
    ...candidate({ id: "track-2/model-1", script: "fit(part)", score: 5 }),
    ...candidate({ id: "track-1/refine-1/attempt-1", script: "a\n  fit(all)\nc", score: 0.5 }),
    leak("track-1/refine-1/attempt-2", "fit(all)", "fit(train)"),
    ...candidate({ id: "track-1/refine-1/attempt-2", script: "a\nfit(train)\nd", score: 4 }),
  );
  expect(ledger.standing().map(({ id }) => id)).toEqual([
    "track-1/refine-1/attempt-2",
    "track-2/model-1",
  ]);
  expect(ledger.handedOut).toMatchObject({ id: "track-1/refine-1/attempt-2", score: 4 });
  expect(ledger.candidate("track-1/refine-1/attempt-1")).toMatchObject({
    ...{ score: null, earned: 0.5, withdrawn: "its text leaks: fit(all) sees it" },
  });
});

test("what combines a withdrawn script goes with it, but for the one in which the leak was mended", () => {
  const ensemble = (id: string, script: string) =>
    candidate({ id, script, score: 1, members: ["track-1/model-1", "track-2/model-1"] });
  const ledger = ledgerOf(
    ...candidate({ id: "track-1/model-1", script: "fit(all)", score: 2 }),
    ...candidate({ id: "track-2/model-1", script: "fit(part)", score: 3 }),
    ...ensemble("ensemble/round-1", "both, in other words"),
    leak("ensemble/round-2", "fit(all)", "fit(train)"),
    ...ensemble("ensemble/round-2", "fit(train) + fit(part)"),
  );
  expect(ledger.standing().map(({ id }) => id)).toEqual(["ensemble/round-2", "track-2/model-1"]);
  expect(ledger.candidate("ensemble/round-1").withdrawn).toMatch(/combines track-1\/model-1/);
});

test("a correction that holds the text it corrects is no leak", () => {
  const ledger = ledgerOf(
    leak("track-1/model-1", "fit(x)", "x = train\nfit(x)"),
    ...candidate({ id: "track-1/model-1", script: "x = train\nfit(x)", score: 1 }),
    ...candidate({ id: "track-1/model-2", script: "x = all\nfit(x)", score: 1 }),
    ...candidate({ id: "track-1/model-3", script: "outfit(x)", score: 1 }),
  );
  expect(ledger.standing().map(({ id }) => id)).toEqual(["track-1/model-1", "track-1/model-3"]);
});

const submission = (turn: number, of: string | null, kept: boolean): RunEvent => {
  const at = of === null ? "submission/baseline" : place.submission.finalist(turn).text;
  const told = { candidate: of, title: at, script: `${of} on all rows`, reason: "" };
  return { type: "submission", key: at, at, ...told, runId: at, score: 9, blend: null, kept };
};

test("the last submission that was kept is handed out, until its candidate falls or a later one is better", () => {
  const [one, two] = ["track-1/model-1", "track-2/model-1"];
  const events = [
    ...candidate({ id: one, script: "fit(all)", score: 1 }),
    ...candidate({ id: two, script: "fit(part)", score: 2 }),
    submission(1, one, false),
    submission(2, two, true),
  ];
  expect(ledgerOf(...events).handedOut).toMatchObject({ id: "submission/finalist-2", score: 2 });
  const better = candidate({ id: "track-1/model-2", script: "x", score: 0 });
  expect(ledgerOf(...events, ...better).handedOut?.id).toBe("track-1/model-2");
  const fallen = ledgerOf(...events, leak("track-2/model-2", "fit(part)", "fit(mine)"));
  expect(fallen.handedOut?.id).toBe(one);
  expect(ledgerOf(submission(0, null, true)).handedOut).toMatchObject({ score: 9 });
});

test("only work of this run is paid for, and a known result is no run", () => {
  const [script] = candidate({ id: "track-1/model-1", script: "x", score: 1 });
  const known: RunEvent = {
    ...{ type: "script", key: "b", at: "track-1/model-2", purpose: "solution" },
    run: { ...runOf("track-1/model-2", 1), origin: "cache" },
  };
  const events = [TASK, ...(script === undefined ? [] : [script]), known].map(recorded);
  expect(Ledger.of(events).spent).toMatchObject({ scriptRuns: 1, scriptSeconds: 1 });
  const shared = events.map((event) => ({ ...event, sharedFrom: "other" }));
  expect(Ledger.of(shared).spent).toMatchObject({ scriptRuns: 0, scriptSeconds: 0 });
});

test("who is best does not hang on which blends were made on the way, once all attempts have been blended", () => {
  const ids = ["track-1/model-1", "track-2/model-1"];
  const scripts = ids.flatMap((id) => candidate({ id, script: id, score: 3, measured: true }));
  const onTheWay = blend(place.track(1).model(1).text, ids, 1);
  const none = { ...blend(place.text, ids, 0), members: [], measurement: null };
  const standing = (...blends: RunEvent[]) =>
    ledgerOf(...scripts, ...blends)
      .standing()
      .map(({ id }) => id);
  expect(standing(onTheWay)).toEqual([onTheWay.at, ...ids]);
  expect(standing(onTheWay, { ...none, at: place.track(2).model(1).blend.text })).toHaveLength(3);
  expect(standing(onTheWay, { ...none, at: place.ensemble.blend.text })).toEqual(ids);
  expect(standing({ ...none, at: place.ensemble.blend.text }, onTheWay)).toHaveLength(3);
});

/** Numbers from 0 to 1 that a seed decides. */
function seeded(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const LEAKS = ["fit(everything)", "encode( all rows )", "scale(train and test)"];

/** A run as it might go: tracks, refinements, ensembles and blends of scripts made of honest and leaking lines, and leaks found on the way. */
function randomRun(seed: number): RunEvent[] {
  const random = seeded(seed);
  const upTo = (most: number) => Math.floor(random() * most);
  const made: Made[] = [];
  const events: RunEvent[] = [TASK];
  const found = new Set<string>();
  const turns = { given: 0 };
  for (let step = 0; step < 25; step += 1) {
    const chance = random();
    const parent = made[upTo(made.length)];
    const id = placeOf(step, upTo(3), chance, parent !== undefined);
    const bad = LEAKS[upTo(LEAKS.length)] ?? "";
    const mended = found.has(bad) || random() < 0.5;
    const line = random() < 0.5 ? `honest(${step})` : mended ? `mended(${bad.length})` : bad;
    const score = random() < 0.1 ? null : Math.round(random() * 20);
    const measured = random() < 0.6;
    const parts = made.filter((one) => one.measured && one.score !== null && random() < 0.7);
    if (random() < 0.1 && parent !== undefined) events.push(proof(parent.id, random() < 0.5));
    if (random() < 0.3 && parts.length > 1) {
      const ids = parts.map((one) => one.id);
      events.push(blend(place.track(1).model(100 + step).text, ids, Math.round(random() * 15)));
    }
    if (chance < 0.15 && parent !== undefined) {
      events.push(submission(++turns.given, parent.id, random() < 0.5));
      continue;
    }
    if (chance < 0.3) {
      // The leak is found in this very script and mended there.
      events.push(leak(id, bad, `mended(${bad.length})`));
      found.add(bad);
      const mine = { id, script: `start\nmended(${bad.length})\n${step}`, score, measured };
      made.push(mine);
      events.push(...candidate(mine));
      continue;
    }
    const others = made.filter(() => random() < 0.3).slice(0, 3);
    const combines = chance > 0.85 && others.length > 1;
    const script = combines
      ? `average of ${others.length}`
      : `${parent?.script ?? "start"}\n${line}`;
    const mine = { id, script, score, measured, ...(parent && { parent: parent.id }) };
    const whole = combines ? { ...mine, members: others.map((one) => one.id) } : mine;
    made.push(whole);
    events.push(...candidate(whole));
  }
  return events;
}

const placeOf = (step: number, track: number, chance: number, hasParent: boolean) =>
  chance > 0.85 && hasParent
    ? place.ensemble.round(step + 1).text
    : place.track(track + 1).model(step + 1).text;

const plain = (text: string) => text.replace(/\s+/g, "");

/** What was found in a run: texts that leak, and attempts that are proved to. */
interface Found {
  leaks: Set<string>;
  proofs: Set<string>;
}

/** Whether it must not count, by the rule itself: it holds a leak that was found, is proved to leak, or combines one that does. */
function mustFall(made: Made, all: ReadonlyMap<string, Made>, found: Found): boolean {
  const holds = [...found.leaks].some((text) => plain(made.script).includes(plain(text)));
  if (holds || found.proofs.has(made.id)) return true;
  return (made.members ?? []).some((id): boolean => {
    const member = all.get(id);
    return member !== undefined && mustFall(member, all, found);
  });
}

const oneScript = ({ script }: HandedOut) => ({ texts: { "solution.py": script }, copies: {} });

/** What `best/` is made to hold is just that. */
function expectBest(folder: string, handedOut: HandedOut | null) {
  const submission = join(folder, "attempts", handedOut?.runId ?? "", SUBMISSION_NAME);
  mkdirSync(dirname(submission), { recursive: true });
  writeFileSync(submission, "id,y\n");
  keepBest(folder, handedOut, oneScript);
  const solution = join(folder, "best", "solution.py");
  expect(existsSync(solution)).toBe(handedOut !== null);
  if (handedOut === null) return;
  expect(readFileSync(solution, "utf8")).toBe(handedOut.script);
  expect(readCard(folder)).toMatchObject({ id: handedOut.id, score: handedOut.score });
}

test("in any run nothing withdrawn is best, handed out, blended or combined, and the best of the rest is", () => {
  const home = mkdtempSync(join(tmpdir(), "mle-star-ledger-"));
  for (let seed = 1; seed <= 60; seed += 1) {
    const about = `seed ${seed}`;
    const folder = join(home, String(seed));
    const events = randomRun(seed).map(recorded);
    const ledger = new Ledger();
    const made = new Map<string, Made>();
    const found: Found = { leaks: new Set(), proofs: new Set() };
    for (const event of events) {
      ledger.take(event);
      if (event.type === "leakage") found.leaks.add(event.block);
      if (event.type === "alarm" && event.withdraws) found.proofs.add(event.runId);
      if (event.type === "candidate") {
        const { at: id, script, score, members } = event;
        made.set(id, { id, script, score, members, measured: ledger.measured(id) !== null });
      }
      if (event.type === "blend") {
        const { at: id, measurement } = event;
        const members = event.members.map(({ runId }) => runId);
        const isBlend = true;
        // The latest stands for all before it, and has beaten the best of those whose predictions it could have weighed.
        made.delete(id);
        const beaten = [...made.values()]
          .filter((one) => one.score !== null && !one.isBlend && !mustFall(one, made, found))
          .filter((one) => ledger.measured(one.id)?.members.length)
          .toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0))
          .slice(0, 5)
          .map((one) => one.id);
        made.set(id, {
          id,
          script: "",
          score: measurement?.score ?? 0,
          members,
          measured: true,
          isBlend,
          beaten,
        });
      }
      const unharmed = [...made.values()].filter(
        (one) => one.score !== null && !mustFall(one, made, found),
      );
      const blend = unharmed.findLast(({ isBlend }) => isBlend);
      const honest = unharmed.filter((one) => !one.isBlend || one === blend);
      const standing = ledger.standing();
      expect(new Set(standing.map(({ id }) => id)), about).toEqual(
        new Set(honest.map(({ id }) => id)),
      );
      const sure = honest.filter(({ measured }) => measured);
      const rankOf = ({ score, beaten }: Made) =>
        Math.min(
          score ?? 0,
          ...unharmed.filter(({ id }) => beaten?.includes(id)).map((one) => one.score ?? 0),
        );
      const least = Math.min(...(sure.length > 0 ? sure : honest).map(rankOf));
      const first = made.get(ledger.best?.id ?? "");
      expect(first ? rankOf(first) : Number.POSITIVE_INFINITY, about).toBe(least);
      if (blend !== undefined && rankOf(blend) === least) expect(first, about).toBe(blend);
      const { handedOut } = ledger;
      expect(handedOut === null, about).toBe(honest.length === 0);
      for (const text of found.leaks)
        expect(plain(handedOut?.script ?? ""), about).not.toContain(plain(text));
      const ids = standing.map(({ id }) => id);
      if (handedOut !== null) expect(ids, about).toContain(handedOut.candidate);
      const blended = standing.flatMap(({ blend }) => blend ?? []);
      for (const part of [...blended, ...(handedOut?.blend ?? [])])
        expect(ids, about).toContain(part.runId);
      for (const { attempt } of membersOf(ledger)) expect(ids, about).toContain(attempt.id);
      // Each write settles on the disk: a few of the runs are enough.
      if (seed % 12 === 0) expectBest(folder, ledger.handedOut);
    }
    // Killed after any event and read again, it is the same ledger.
    const cut = Math.floor((seed / 61) * events.length);
    const again = Ledger.of(events.slice(0, cut));
    for (const event of events.slice(cut)) again.take(event);
    expect(again, about).toEqual(ledger);
    expect(Ledger.of(events), about).toEqual(ledger);
  }
  rmSync(home, { recursive: true });
});

test("a torn or missing card in best/ is written anew", () => {
  const folder = mkdtempSync(join(tmpdir(), "mle-star-best-"));
  const id = "track-1/model-1";
  mkdirSync(join(folder, "attempts", id), { recursive: true });
  writeFileSync(join(folder, "attempts", id, SUBMISSION_NAME), "id,y\n1,2\n");
  const { handedOut } = ledgerOf(...candidate({ id, script: "print(1)", score: 1 }));
  keepBest(folder, handedOut, oneScript);
  writeFileSync(join(folder, "best", "score.json"), '{"id": "track');
  expect(readCard(folder)).toBeNull();
  keepBest(folder, handedOut, oneScript);
  expect(readCard(folder)).toMatchObject({ id, score: 1 });
  expect(readFileSync(join(folder, "best", "submission.csv"), "utf8")).toBe("id,y\n1,2\n");
  rmSync(folder, { recursive: true });
});
