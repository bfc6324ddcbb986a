import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { callCost, totalsOf } from "../../src/record/costs.ts";
import { type EventType, ofType, type RecordedEvent } from "../../src/record/event.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { recordingAt } from "../../src/run/replay.ts";
import { type CommandEnd, mleStar } from "../support/command-line.ts";
import { fakeOpenaiServer } from "../support/fake-openai-server.ts";
import { fakeSearxng, PAGE_WITH_ORDERS } from "../support/fake-searxng.ts";
import { NO_SCIENCE_PYTHON, sciencePython } from "../support/science-python.ts";
import { tinyAnswer } from "../support/tiny-answers.ts";
import { makeTinyTask } from "../support/tiny-task.ts";

/**
 * A whole run by the recorded answers of a middling model: the real command, real Python, no provider. When prompts or the graphs'
 * course changed, record anew with `MLE_STAR_RECORD=1 npx vitest run tests/run/recorded-run.test.ts`, and read the diff.
 */
const RECORDING = resolve("tests/fixtures/recordings/tiny.jsonl");

const python = sciencePython();
const home = mkdtempSync(join(tmpdir(), "mle-star-recorded-"));
/** The scripts stand in this repository: the run goes where no sandbox works, too. */
const SIZES =
  "--tracks 2 --models 2 --outer-steps 1 --inner-steps 2 --ensemble-rounds 2 --no-explore --sandbox none";
const run = (id: string, ...words: string[]) =>
  mleStar(
    ["run", "tiny", "--run-id", id, "--json", "--no-cache", "--seed", "7", "--script-seconds", "60"]
      .concat(SIZES.split(" "), python === null ? [] : ["--python", python])
      .concat(words),
    { cwd: home, environment: ENVIRONMENT },
  );
const ENVIRONMENT: Record<string, string> = {};

async function record() {
  await using model = await fakeOpenaiServer(({ messages }) => {
    const answer = tinyAnswer(messages);
    const asked = messages.reduce((sum, { content }) => sum + content.length, 0);
    const usage = {
      input: Math.ceil(asked / 4),
      output: Math.ceil(answer.text.length / 4) + 64,
      cached: asked > 8000 ? 1024 : 0,
      reasoning: 64,
    };
    return { ...answer, usage };
  });
  await using search = await fakeSearxng(PAGE_WITH_ORDERS);
  ENVIRONMENT["SEARXNG_API_BASE"] = search.url;
  ENVIRONMENT["VLLM_API_KEY"] = "a-key-of-the-recording";
  const choice = ["--model", "vllm:middling", "--base-url", `${model.url}/v1`];
  const searching = ["--search", "searxng", "--private-pages"];
  const { exitCode, stderr } = await run("recording", ...choice, ...searching);
  expect(exitCode, stderr).toBe(0);
  const answers = recordingAt(join(home, "runs", "recording"));
  writeFileSync(RECORDING, answers.map((event) => `${JSON.stringify(event)}\n`).join(""));
}

describe.skipIf(python === null)(
  `a recorded run${python === null ? `: ${NO_SCIENCE_PYTHON}` : ""}`,
  () => {
    let end: CommandEnd;
    let events: RecordedEvent[] = [];
    const of = <Type extends EventType>(type: Type) => ofType(events, type);

    beforeAll(async () => {
      makeTinyTask(join(home, "tiny"));
      if (process.env["MLE_STAR_RECORD"] === "1") await record();
      end = await run("replayed", "--replay", RECORDING);
      expect(end.exitCode, end.stderr).toBe(0);
      events = readEvents(join(home, "runs", "replayed", "scratchpad.jsonl"));
    }, 240_000);

    test("ends with a valid submission, whatever the model answered", () => {
      const [result] = of("result");
      expect(result?.score).toBeLessThan(0.4);
      const rows = readFileSync(result?.submission ?? "", "utf8")
        .trim()
        .split("\n");
      expect([rows[0], rows.length]).toEqual(["id,y", 41]);
    });

    test("no score is kept that was not measured, and it is what an honest script prints", () => {
      const scored = of("candidate").filter(({ score }) => score !== null);
      expect(scored.length).toBeGreaterThan(5);
      const measured = new Map(of("measurement").map((event) => [event.runId, event.measurement]));
      for (const { runId, score, at } of scored) {
        expect(measured.get(runId ?? "")?.score, at).toBe(score);
        const printed = join(home, "runs/replayed/attempts", runId ?? "", "stdout.txt");
        const [, number] = /Performance: (\S+)\s*$/.exec(readFileSync(printed, "utf8")) ?? [];
        expect(Number(number), at).toBeCloseTo(score ?? 0, 6);
      }
    });

    test("every recorded answer is used once, with its tokens, and paid for by nobody again", () => {
      const recorded = Ledger.of(recordingAt(RECORDING));
      const totals = totalsOf(recorded);
      const { inputTokens, outputTokens, unpricedCalls } = callCost(of("call"));
      expect(totals.calls).toMatchObject({ inputTokens, outputTokens, costUsd: null });
      expect([totals.calls.calls, unpricedCalls]).toEqual([of("call").length, of("call").length]);
      expect(new Set(of("call").map(({ sharedFrom }) => sharedFrom))).toEqual(new Set([RECORDING]));
      expect(of("result")[0]?.totals.calls.calls).toBe(0);
      const calls = totals.agents.map(({ name, calls }) => `${name} ${calls}`);
      expect(calls.toSorted().join(", ")).toMatchInlineSnapshot(
        `"coder 4, data-usage-checker 1, debugger 5, ensemble-planner 2, ensembler 2, extractor 3, initializer 4, leakage-checker 1, planner 2, query-writer 2, retriever 2"`,
      );
    });

    test("the recording holds what models do wrong, and the run what became of it", () => {
      const failed = of("call").filter(({ problem }) => problem !== null);
      expect(failed.map(({ at, agent }) => `${agent} at ${at}`).toSorted()).toMatchInlineSnapshot(`
        [
          "debugger at ensemble/round-1/debug-1",
          "debugger at ensemble/round-2/debug-1",
          "debugger at track-2/refine-1/attempt-2/debug-1",
        ]
      `);
      expect(
        of("candidate")
          .map(({ at, runId, problem }) => `${at}: ${problem?.slice(0, 60) ?? runId}`)
          .toSorted(),
      ).toMatchInlineSnapshot(`
        [
          "ensemble/round-1: ValueError: no median",
          "ensemble/round-2: ValueError: no median",
          "track-1/model-1: track-1/model-1",
          "track-1/model-2: track-1/model-2/debug-2",
          "track-1/refine-1/attempt-1: track-1/refine-1/attempt-1",
          "track-1/refine-1/attempt-2: track-1/refine-1/attempt-2",
          "track-2/model-1: track-2/model-1",
          "track-2/model-2: track-2/model-2",
          "track-2/refine-1/attempt-1: track-2/refine-1/attempt-1",
          "track-2/refine-1/attempt-2: ValueError: Input y contains NaN.",
        ]
      `);
    });

    test("no key is in it, and the page's orders stand in it as the page's text only", () => {
      const text = readFileSync(RECORDING, "utf8");
      expect(text).not.toContain("a-key-of-the-recording");
      const withOrders = recordingAt(RECORDING).filter((event) =>
        /ignore all/i.test(JSON.stringify(event)),
      );
      expect(withOrders.map(({ type }) => type)).toEqual(["page", "page"]);
    });
  },
);
