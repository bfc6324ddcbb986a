import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { readEvents } from "../../src/record/event-log.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { devServer, pending } from "../support/dev-server.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-studio-"));
const folder = resolve("examples/digits");
// What these scripts print is a claim: nobody is to mend them into others.
const context = { outerSteps: 0, debugRounds: 0, leakageCheck: false, cache: false };

/** A solution that is over in a moment, with a mark that tells it from others. */
const script = (neighbours: number) => `import pandas as pd
from sklearn.neighbors import KNeighborsClassifier

train = pd.read_csv("./input/train.csv")
test = pd.read_csv("./input/test.csv")
sample = pd.read_csv("./input/sample_submission.csv")
pixels = [name for name in train if name.startswith("pixel_")]
fitting, held = train[::2], train[1::2]
model = KNeighborsClassifier(${neighbours}).fit(fitting[pixels], fitting["digit"])
score = model.score(held[pixels], held["digit"])
sample["digit"] = model.predict(test[pixels])
sample.to_csv("./final/submission.csv", index=False)
print(f"Final Validation Performance: {score}")
`;

const runFolder = (id: string) => join(home, "runs", id);
const eventsOf = (id: string) => readEvents(join(runFolder(id), "scratchpad.jsonl"));
const bytesOf = (id: string) =>
  ["scratchpad.jsonl", ...readdirSync(join(runFolder(id), "best")).map((name) => `best/${name}`)]
    .toSorted()
    .map((name) => [name, readFileSync(join(runFolder(id), name), "utf8")]);
const solutionOf = (id: string) => readFileSync(join(runFolder(id), "best", "solution.py"), "utf8");
const sharedWith = (id: string) => eventsOf(id).map(({ sharedFrom }) => sharedFrom);

test("a thread that goes on from an edited or an earlier state has a new run upon what had happened until then", async () => {
  await using server = await devServer(home);
  const { threads, runs } = server.client;
  const { thread_id: thread } = await threads.create();
  const valuesOf = async () => (await threads.getState(thread)).values;
  await runs.wait(thread, "refinement", { input: { folder, script: script(1) }, context });
  expect(await valuesOf()).toMatchObject({ solution: "given-1" });
  const before = bytesOf(thread);

  const history = await threads.getHistory(thread, { limit: 100 });
  const prepared = history.find(({ next }) => next.includes("evaluate"))?.checkpoint;
  const checkpointId = prepared?.checkpoint_id ?? "there is none";
  const values = { script: script(3) };
  await threads.updateState(thread, { values, checkpointId, asNode: "prepare" });
  await runs.wait(thread, "refinement", { input: null, context });

  const edited = `${thread}.2`;
  expect(bytesOf(thread)).toEqual(before);
  expect(await valuesOf()).toMatchObject({ script: script(3), solution: "given-1~2" });
  const own = sharedWith(edited).indexOf(null);
  expect(own).toBeGreaterThan(0);
  expect(new Set(sharedWith(edited).slice(0, own))).toEqual(new Set([thread]));
  expect(new Set(sharedWith(edited).slice(own))).toEqual(new Set([null]));
  const { result, attempts } = Ledger.of(eventsOf(edited));
  expect(attempts.map((attempt) => attempt.script)).toEqual([script(3)]);
  expect(result?.submission).toBe(join(runFolder(edited), "best", "submission.csv"));
  expect(solutionOf(edited)).toBe(script(3));

  await runs.wait(thread, "refinement", { input: null, context, checkpointId });
  expect(solutionOf(`${thread}.3`)).toBe(script(1));
  expect(sharedWith(`${thread}.3`)).toContain(thread);
  expect([bytesOf(thread), solutionOf(edited)]).toEqual([before, script(3)]);
});

const Checkpoint = z.looseObject({
  thread_id: z.string(),
  checkpoint_ns: z.string(),
  checkpoint_id: z.string(),
  checkpoint_map: z.record(z.string(), z.unknown()).nullable(),
});
const Waiting = z.object({
  checkpoint: Checkpoint,
  get tasks() {
    return z.array(z.object({ state: Waiting.nullish() }));
  },
});
/** The state deep in the graphs that waits for an answer. */
const innermost = (state: z.infer<typeof Waiting>): z.infer<typeof Waiting> => {
  const inner = state.tasks[0]?.state;
  return inner ? innermost(inner) : state;
};

test("a plan that is edited in the state of a refinement that waits for an answer is the one that is asked about", async () => {
  await using server = await devServer(home);
  const { threads, runs } = server.client;
  const { thread_id: thread } = await threads.create();
  const sizes = { tracks: 1, models: 1, outerSteps: 1, innerSteps: 1, ensembleRounds: 0 };
  const review = { ...sizes, review: ["plans"], leakageCheck: false, dataUsageCheck: false };
  await runs.wait(thread, "mle-star", { input: { folder }, context: review });
  const before = readFileSync(join(runFolder(thread), "scratchpad.jsonl"), "utf8");

  const state = await threads.getState(thread, undefined, { subgraphs: true });
  const { checkpoint } = innermost(Waiting.parse(state));
  const values = { plan: "A plan of a person." };
  await threads.updateState(thread, { values, checkpoint, asNode: "extractor" });
  await runs.wait(thread, "mle-star", { input: null, context: review });

  const asked = (await pending(server, thread)).map(({ question }) => question.action_request.args);
  expect(asked).toEqual([values]);
  expect(readFileSync(join(runFolder(thread), "scratchpad.jsonl"), "utf8")).toBe(before);
  const own = eventsOf(`${thread}.2`).filter(({ sharedFrom }) => sharedFrom === null);
  expect(own.map(({ type }) => type)).toEqual(["opened", "closed"]);

  // The answer goes on in the run that asks, and makes none of its own.
  const [question] = await pending(server, thread);
  const resume = { [question?.id ?? ""]: [{ type: "accept" }] };
  await runs.wait(thread, "mle-star", { command: { resume }, context: review });
  expect(existsSync(runFolder(`${thread}.3`))).toBe(false);
  const plans = Ledger.of(eventsOf(`${thread}.2`)).attempts.map(({ plan }) => plan);
  expect(plans).toContain(values.plan);
});
