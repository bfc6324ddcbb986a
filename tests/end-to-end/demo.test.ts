import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ofType } from "../../src/record/event.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { type CommandEnd, mleStar } from "../support/command-line.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-demo-"));
cpSync("examples/digits", join(home, "digits"), { recursive: true });
const run = (id: string, ...words: string[]) => [
  "run",
  "digits",
  "--preset",
  "quick",
  "--run-id",
  id,
  // Every script is to run: what an earlier run left would hide what a resumed one does.
  "--no-cache",
  ...words,
];
const scratchpad = (id: string) => readEvents(join(home, "runs", id, "scratchpad.jsonl"));
const best = (id: string, file: string) =>
  readFileSync(join(home, "runs", id, "best", file), "utf8");

/** Share of the held-back labels that a submission has right. */
function accuracy(id: string): number {
  const labels = (text: string) =>
    new Map(
      text
        .trim()
        .split("\n")
        .slice(1)
        .map((row) => {
          const [key = "", label = ""] = row.trim().split(",");
          return [key, label];
        }),
    );
  const truth = labels(readFileSync("tests/fixtures/digits-answers.csv", "utf8"));
  const told = labels(best(id, "submission.csv"));
  const right = [...truth].filter(([key, label]) => told.get(key) === label).length;
  return right / truth.size;
}

describe("the demo", () => {
  let end: CommandEnd;
  let result: Record<string, unknown>;
  beforeAll(async () => {
    end = await mleStar(run("demo", "--json"), { cwd: home });
    result = JSON.parse(end.stdout.trim().split("\n").at(-1) ?? "{}");
    process.stdout.write(
      `demo: ${JSON.stringify(result)}; held-back accuracy ${accuracy("demo")}\n`,
    );
  });

  test("ends well, and its last line is the result", () => {
    expect(end.exitCode).toBe(0);
    expect(result).toMatchObject({
      type: "result",
      runId: "demo",
      metric: "accuracy",
      direction: "maximize",
    });
    expect(existsSync(String(result["submission"]))).toBe(true);
    expect(existsSync(String(result["solution"]))).toBe(true);
  });

  test("is right on at least 98.5 % of the held-back labels, and its own score is close to that", () => {
    expect(accuracy("demo")).toBeGreaterThanOrEqual(0.985);
    expect(Math.abs(accuracy("demo") - Number(result["score"]))).toBeLessThan(0.015);
  });

  test("goes through every stage of the algorithm", () => {
    const agents = new Set(ofType(scratchpad("demo"), "call").map(({ agent }) => agent));
    const expected =
      "retriever initializer data-usage-checker ablator summarizer extractor coder planner ensembler ensemble-planner";
    expect([...agents]).toEqual(expect.arrayContaining(expected.split(" ")));
  });

  test("its best solution is made of scripts that ran, and its score was measured", () => {
    const ledger = Ledger.of(scratchpad("demo"));
    const solution = ledger.candidate(ledger.handedOut?.candidate ?? "");
    expect(JSON.parse(best("demo", "score.json")).score).toBe(solution.measurement?.score);
    const listed = join(home, "runs/demo/best/scripts.json");
    const scripts: { id: string; file: string }[] = existsSync(listed)
      ? JSON.parse(readFileSync(listed, "utf8"))
      : [{ id: solution.id, file: "solution.py" }];
    for (const { id, file } of scripts)
      expect(best("demo", file)).toBe(
        readFileSync(join(home, "runs/demo/attempts", id, "solution.py"), "utf8"),
      );
  });

  test("a second run with the same seed has the same result, killed and resumed half-way", async () => {
    let finished = 0;
    const killed = await mleStar(run("killed", "--json"), {
      cwd: home,
      onLine: (line, kill) => {
        const event = JSON.parse(line);
        if (event.type === "script") finished += 1;
        if (event.type === "script-started" && String(event.at).includes("refine-1/attempt"))
          kill("SIGKILL");
      },
    });
    expect(killed.exitCode).toBeNull();
    const working = () => processesIn(join(home, "runs", "killed"));
    await expect.poll(working, { timeout: 20_000, interval: 500 }).toEqual([]);
    const before = scratchpad("killed");

    const resumed = await mleStar(["resume", "killed", "--json"], { cwd: home });

    expect(resumed.exitCode).toBe(0);
    const again = scratchpad("killed").slice(before.length);
    const keys = new Set(before.map(({ key }) => key));
    const ended = new Set(ofType(before, "script").map(({ at }) => at));
    expect(finished).toBeGreaterThan(0);
    expect(again.filter(({ key }) => keys.has(key))).toEqual([]);
    expect(ofType(again, "script-started").filter(({ at }) => ended.has(at))).toEqual([]);
    expect(best("killed", "score.json")).toBe(best("demo", "score.json"));
    expect(best("killed", "submission.csv")).toBe(best("demo", "submission.csv"));
  });

  test("a run whose task folder has changed is not resumed", async () => {
    appendFileSync(join(home, "digits", "task.md"), "One more sentence.\n");
    const { exitCode, stderr } = await mleStar(["resume", "demo"], { cwd: home });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/has changed/);
  });
});

/** Command lines of processes that still work in the run's folder. */
function processesIn(folder: string): string[] {
  const { stdout } = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(folder));
}
