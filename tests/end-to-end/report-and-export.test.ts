import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readCard } from "../../src/record/best-folder.ts";
import { ofType } from "../../src/record/event.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { noise, tinyTask } from "../models/engineer/tiny-task.ts";
import { reportBrowser, reportContract } from "../report/report-contract.ts";
import { chromiumPath, NO_CHROMIUM } from "../support/chromium.ts";
import { mleStar } from "../support/command-line.ts";
import { NO_SCIENCE_PYTHON, sciencePython } from "../support/science-python.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-export-"));
const runFolder = join(home, "runs", "real");
const own = join(home, "own");
let taskFolder = "";

const features = (row: number) => ({
  size: noise(row, 1),
  age: noise(row, 2),
  rooms: Math.floor(1 + 5 * noise(row, 4)),
});
/** Noisy enough for an average of models to beat each of them. */
const price = (row: number) =>
  8 * noise(row, 1) + 4 * Math.sin(8 * noise(row, 2)) + 6 * noise(row, 3) + features(row).rooms;

/** More rows than the search may use: the submission is made anew, with all of them. */
beforeAll(async () => {
  const task = await tinyTask({
    metric: "rmse",
    features,
    targets: (row) => ({ price: price(row).toFixed(3) }),
    rows: 400,
  });
  taskFolder = task.folder;
  // Without refinement, whose averages leave an ensemble nothing to gain; joined as in the paper, into one script.
  const settings =
    "--preset quick --method paper --outer-steps 0 --max-train-rows 300 --no-cache".split(" ");
  const end = await mleStar(["run", taskFolder, ...settings, "--run-id", "real", "--quiet"], {
    cwd: home,
  });
  expect(end).toMatchObject({ exitCode: 0, stderr: "" });
  expect(end.stdout).toMatch(/^\nDone in \d+:\d\d: rmse /);
});

const events = () => readEvents(join(runFolder, "scratchpad.jsonl"));
/** The candidate that was submitted, and the attempt that made the submission. */
const submitted = () => {
  const card = readCard(runFolder);
  const made = ofType(events(), "submission").find(({ at }) => at === card?.id);
  return { candidate: made?.candidate ?? "", runId: card?.runId };
};

describe.skipIf(chromiumPath() === null)(`the report of a real run [else: ${NO_CHROMIUM}]`, () => {
  const open = reportBrowser();
  reportContract(open, () => join(runFolder, "report.html"));

  test("measures what honest scripts print, and tells weights as they printed them", async () => {
    const { page } = await open(join(runFolder, "report.html"));
    for (const { at, score, runId } of ofType(events(), "candidate")) {
      if (score === null) continue;
      const log = readFileSync(join(runFolder, "attempts", runId ?? at, "stdout.txt"), "utf8");
      const printed = Number(/Final Validation Performance: (\S+)/.exec(log)?.[1]);
      expect(printed / score).toBeCloseTo(1, 5);
    }
    const scored = submitted().candidate;
    const told = await page.locator(".figure a").getAttribute("href");
    expect(told).toBe(`attempts/${scored}/final/validation.csv`);
    const log = readFileSync(join(runFolder, "attempts", scored, "stdout.txt"), "utf8");
    const printed = /Fold scores: (.+)/.exec(log)?.[1]?.split(", ").map(Number) ?? [];
    const measured = ofType(events(), "measurement").find(({ runId }) => runId === scored);
    const folds = measured?.measurement?.folds ?? [];
    expect(folds).toHaveLength(5);
    for (const [at, fold] of folds.entries())
      expect((fold ?? 0) / (printed[at] ?? 0)).toBeCloseTo(1, 4);
    const weights = await page.locator("#attempts code", { hasText: "weights" }).allTextContents();
    expect(weights[0]).toMatch(/^Ensemble weights: 0\.5 of solution 1 \(.+\), 0\.5 of solution 2/);
    await page.close();
  });
});

describe("the export of a real run", () => {
  /** The commands of its own README, with the Python it names at hand. */
  function follow(script: string): void {
    const python = sciencePython() ?? "";
    const base = execFileSync(python, ["-c", "import sys; print(sys._base_executable)"]);
    const path = [dirname(base.toString().trim()), process.env["PATH"]].join(delimiter);
    execFileSync("sh", ["-e", "-c", script], { cwd: own, env: { ...process.env, PATH: path } });
  }
  const read = (name: string) => readFileSync(join(own, name), "utf8");

  test("in a fresh virtual environment, by its README, it makes the same submission byte for byte", async (context) => {
    if (sciencePython() === null) return context.skip(NO_SCIENCE_PYTHON);
    expect(submitted()).toEqual({
      candidate: expect.stringMatching(/\//),
      runId: expect.stringMatching(/^submission\//),
    });
    expect(await mleStar(["export", "real", "own"], { cwd: home })).toMatchObject({ exitCode: 0 });
    follow(/```sh\n([\s\S]*?)```/.exec(read("README.md"))?.[1] ?? "exit 1");
    expect(read("final/submission.csv")).toBe(read("submission.csv"));
    expect(read("submission.csv")).toBe(
      readFileSync(join(runFolder, "best/submission.csv"), "utf8"),
    );
  });

  test("its notebook, run from top to bottom by Jupyter there, makes it too", (context) => {
    if (!existsSync(join(own, "venv"))) return context.skip(NO_SCIENCE_PYTHON);
    const commands = [...read("README.md").matchAll(/"(venv\/bin\/(?:pip|jupyter) [^"]+)"/g)];
    expect(commands).toHaveLength(2);
    follow(`rm -r final\n${commands.map(([, command]) => command).join("\n")}`);
    expect(read("final/submission.csv")).toBe(read("submission.csv"));
  });

  test("there, by its README, it predicts rows that it never saw as well as it was measured, the second time from what it fitted", (context) => {
    if (!existsSync(join(own, "venv"))) return context.skip(NO_SCIENCE_PYTHON);
    const [, command = "exit 1"] =
      /```sh\n(.*predict\.py NEW\.csv -o OUT\.csv)\n```/.exec(read("README.md")) ?? [];
    writeFileSync(join(own, "NEW.csv"), unseen(";"));
    follow(command);
    expectAsMeasured("real", read("OUT.csv"));
    const kept = readdirSync(join(own, "fitted"), { recursive: true });
    follow(`${command} 2> said`);
    expect(read("said")).toMatch(/fitted before is read again/);
    expectAsMeasured("real", read("OUT.csv"));
    expect(readdirSync(join(own, "fitted"), { recursive: true })).toEqual(kept);
  });

  test("a blend does so too, and the program itself in its sandbox says the same", async (context) => {
    if (!existsSync(join(own, "venv"))) return context.skip(NO_SCIENCE_PYTHON);
    const words =
      "--preset quick --outer-steps 0 --max-train-rows 300 --run-id blend --quiet".split(" ");
    expect(await mleStar(["run", taskFolder, ...words], { cwd: home })).toMatchObject({
      exitCode: 0,
    });
    const blend = join(home, "blend");
    expect(await mleStar(["export", "blend", blend], { cwd: home })).toMatchObject({
      exitCode: 0,
      stderr: "",
    });
    expect(readdirSync(blend)).toContain("scripts.json");
    writeFileSync(join(home, "NEW.csv"), unseen(","));
    const predict = () =>
      execFileSync(join(own, "venv/bin/python"), ["-I", join(blend, "predict.py"), "NEW.csv"], {
        cwd: home,
      }).toString();
    const [first, again] = [predict(), predict()];
    expect(again).toBe(first);
    expectAsMeasured("blend", first);
    const inSandbox = () => mleStar(["predict", "blend", "NEW.csv"], { cwd: home });
    expect(await inSandbox()).toMatchObject({ exitCode: 0, stdout: first });
    const second = await inSandbox();
    expect(second).toMatchObject({ exitCode: 0, stdout: first });
    expect(second.stderr).toMatch(/fitted before is read again/);
  });
});

const UNSEEN = Array.from({ length: 300 }, (_, at) => 2000 + at);

/** Rows of which no table of the task has any, without ids. */
const unseen = (separator: string) =>
  [
    ["age", "rooms", "size"],
    ...UNSEEN.map((row) => [features(row).age, features(row).rooms, features(row).size]),
  ]
    .map((cells) => `${cells.join(separator)}\n`)
    .join("");

/** Whether the error of these predictions is what was told of the run, but for the chance of these rows. */
function expectAsMeasured(runId: string, predictions: string): void {
  const [head, ...lines] = predictions.trim().split("\n");
  expect([head, lines.length]).toEqual(["price", UNSEEN.length]);
  const squares = lines.map((line, at) => (Number(line) - price(UNSEEN[at] ?? 0)) ** 2);
  const error = Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length);
  const [result] = ofType(readEvents(join(home, "runs", runId, "scratchpad.jsonl")), "result");
  const [low = 0, high = 0] = result?.measured?.interval ?? [];
  expect(error).toBeGreaterThan(0.85 * low);
  expect(error).toBeLessThan(1.15 * high);
}
