import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Attempt } from "../../src/record/attempt.ts";
import { totalsOf } from "../../src/record/costs.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { groupHierarchies } from "../../tools/run-python/groups/group-hierarchies.ts";
import { mleStar } from "../support/command-line.ts";
import { fakeOpenaiServer } from "../support/fake-openai-server.ts";
import { hostileModel } from "../support/hostile-answers.ts";
import { ACTS, actOf } from "../support/hostile-scripts.ts";
import { takeInventory } from "../support/run-inventory.ts";
import { makeTinyTask } from "../support/tiny-task.ts";
import { processesOf } from "../tools/run-python/runner-fixture.ts";

const SIZES = "--tracks 2 --models 2 --outer-steps 5 --inner-steps 6 --ensemble-rounds 2 --no-laps";
const CAPS = "--time 20m --script-seconds 5 --debug-rounds 0";
const CAP_MILLISECONDS = 20 * 60_000;
const SEED = 100_000 + Math.floor(Math.random() * 1e8);
/** The record keeps a submission of 200 MB that was refused, and 64 MB of an output; nothing else that is large. */
const LARGEST_RUN_MB = 500;
const NONE_LEFT = "no submission";
/** What the honest part of the hostile scripts scores. */
const HOSTILE_SCORE = 1.92;
/** Less than the noise of a measured score. */
const LEVEL = 0.01;
/** Of the mean alone it is 2.5. */
const GOOD_ERROR = 0.3;

test("every third script attacks and the run ends in time with the best honest submission, and leaves nothing", async () => {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "mle-star-hostile-")));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const temporary = join(home, "tmp");
  mkdirSync(temporary);
  makeTinyTask(join(home, "tiny"));
  await using provider = await fakeOpenaiServer(hostileModel());
  const own = { TMPDIR: temporary, NODE_DISABLE_COMPILE_CACHE: "1" };
  const around = { cwd: home, environment: { VLLM_API_KEY: "none", ...own } };
  const choice = `--model vllm:turned --base-url ${provider.url}/v1 --search none --no-cache --seed ${SEED}`;
  const words = `run tiny --run-id attacked --json ${SIZES} ${CAPS} ${choice}`.split(" ");
  const writesItsNumber = ["sh", "-c", 'echo $$ > number; exec "$@"', "sh"];
  const program = [...writesItsNumber, process.execPath, resolve("src/cli.ts")];

  const started = Date.now();
  const { exitCode, stdout, stderr } = await mleStar(words, { ...around, command: program });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.any(String) });
  expect(Date.now() - started).toBeLessThan(CAP_MILLISECONDS);
  const lines = stdout.trim().split("\n");
  const ended = lines.map((line) => JSON.parse(line)).at(-1);

  const runFolder = join(home, "runs/attacked");
  const ledger = Ledger.of(readEvents(join(runFolder, "scratchpad.jsonl")));
  const scripts = ledger.attempts.filter(({ blend }) => blend === null);
  const acts = Map.groupBy(scripts, ({ script }) => actOf(script));
  expect(scripts.length).toBeGreaterThanOrEqual(60);
  expect(new Set(acts.keys())).toEqual(new Set([null, ...Object.keys(ACTS)]));
  for (const [name, { problem }] of Object.entries(ACTS))
    for (const attempt of acts.get(name) ?? []) {
      if (problem !== null) expect.soft(whyNot(ledger, attempt), name).toMatch(problem);
      // Where it counts it is by what it predicts, which is bad.
      if (attempt.measurement !== null && attempt.score !== null)
        expect.soft(attempt.score, name).toBeCloseTo(HOSTILE_SCORE, 1);
    }

  const honest = (acts.get(null) ?? []).flatMap(({ measurement }) => measurement?.score ?? []);
  expect(honest.length).toBeGreaterThanOrEqual(35);
  const { handedOut } = ledger;
  expect(ended).toMatchObject({ type: "result", score: handedOut?.score });
  expect(ended.score).toBeLessThanOrEqual(Math.min(...honest) + LEVEL);
  expect(ended.score).toBeGreaterThan(0.2);
  const standsOn = handedOut?.blend?.map(({ runId }) => runId) ?? [handedOut?.runId];
  const cheats = scripts.filter(({ script }) => ACTS[actOf(script) ?? ""]?.problem != null);
  expect(cheats.filter(({ run }) => standsOn.includes(run?.id))).toEqual([]);
  expect(errorOf(join(home, "tiny/test.csv"), join(runFolder, "best/submission.csv"))).toBeLessThan(
    GOOD_ERROR,
  );
  expect(takeInventory(runFolder)).toMatchObject({ bestProblem: null, leftovers: [] });
  const { inputTokens, outputTokens } = totalsOf(ledger).calls;
  expect(Math.min(inputTokens ?? 0, outputTokens ?? 0)).toBeGreaterThan(0);

  expect(processesOf(SEED)).toEqual([]);
  expect(readdirSync(temporary)).toEqual([]);
  expect(existsSync(join(runFolder, "work")) ? readdirSync(join(runFolder, "work")) : []).toEqual(
    [],
  );
  expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(home);
  const ownGroups = `mle-star-${readFileSync(join(home, "number"), "utf8").trim()}-`;
  const groups = groupHierarchies().flatMap(({ own: folder }) => readdirSync(folder));
  expect(groups.filter((name) => name.startsWith(ownGroups))).toEqual([]);
  const [megabytes = ""] = execFileSync("du", ["-sm", runFolder], { encoding: "utf8" }).split("\t");
  expect(Number(megabytes)).toBeLessThan(LARGEST_RUN_MB);

  for (const command of ["resume", "show", "report"]) {
    const again = await mleStar([command, "attacked"], around);
    expect({ command, exitCode: again.exitCode }).toEqual({ command, exitCode: 0 });
    expect(again.stdout + again.stderr).not.toMatch(/[^\P{Cc}\n\t]/u);
  }
}, 1_500_000);

/** Whatever the record says against an attempt. */
function whyNot(ledger: Ledger, { run, problem, withdrawn }: Attempt): string {
  const submission = run === null || run.submission !== null ? run?.submission?.problem : NONE_LEFT;
  const measured = run === null ? null : ledger.measured(run.id)?.problem;
  return [problem, withdrawn, submission, measured].filter((one) => one != null).join("\n");
}

/** How far predictions of the tiny task are from what stands behind its noise. */
function errorOf(testFile: string, submissionFile: string): number {
  const rowsOf = (path: string) =>
    readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
  const predicted = new Map(rowsOf(submissionFile).map(([id = "", y]) => [id, Number(y)]));
  const squares = rowsOf(testFile).map(([id = "", a, b, kind]) => {
    const truth = 2 * Number(a) - Number(b) + (kind === "z" ? 2 : kind === "y" ? 1 : 0);
    return ((predicted.get(id) ?? Number.NaN) - truth) ** 2;
  });
  return Math.sqrt(squares.reduce((sum, one) => sum + one) / squares.length);
}
