import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { scriptPreflight } from "../../../tools/run-python/preflight.ts";
import { PYTHON } from "./backends.ts";
import { setUp } from "./runner-fixture.ts";

const preflight = scriptPreflight(PYTHON, async (modules) =>
  modules.length === 0 ? PYTHON : { problem: `ModuleNotFoundError: no ${modules.join()}` },
);

afterAll(preflight.close);
const SCORE = 'print("Final Validation Performance:", 0.5)\n';
const check = (script: string, purpose: "solution" | "ablation" = "solution") =>
  preflight({ id: "a", script, purpose });

test("a script that cannot work is refused in Python's words, and not started", async () => {
  const { run, runPython, started, attemptsFolder } = setUp({ preflight });
  const broken = await run("syntax-error", "a");
  expect(broken).toMatchObject({ ok: false, outcome: "error", exitCode: 1, seconds: 0 });
  expect(broken.stderr).toMatch(/^SyntaxError/);
  const script = 'import not_there\nprint("Final Validation Performance: 1")';
  const lacking = await runPython({ id: "b", script, purpose: "solution" });
  expect(lacking.stderr).toBe("ModuleNotFoundError: no not_there\n");
  expect(started).toEqual([]);
  expect(readFileSync(join(attemptsFolder, "b/result.json"), "utf8")).toContain("not_there");
  expect(await run("prints-score", "c")).toMatchObject({ ok: true });
});

test.each([
  { what: "broken syntax", script: `def f(:\n${SCORE}`, problem: /^SyntaxError: .* at line 1$/ },
  { what: "a return outside a function", script: `return 1\n${SCORE}`, problem: /^SyntaxError/ },
  { what: "no score line", script: "print(1)\n", problem: /never prints "Final Validation/ },
  { what: "an early exit", script: `import sys\nsys.exit(0)\n${SCORE}`, problem: /line 2 ends/ },
  { what: "a parent folder", script: `open("../answers.csv")\n${SCORE}`, problem: /lies outside/ },
  {
    what: "a foreign place",
    script: `open("/kaggle/input/a.csv")\n${SCORE}`,
    problem: /\.\/input/,
  },
])("$what is found before the script runs", async ({ script, problem }) => {
  expect(await check(script)).toMatchObject({ problem: expect.stringMatching(problem) });
});

test.each([
  {
    what: "a score line made by a format",
    script: 'x = 1\nprint(f"Final Validation Performance: {x}")',
  },
  { what: "an exit in a branch", script: `import sys\nif False:\n    sys.exit(1)\n${SCORE}` },
  { what: "an exit at the end", script: `import sys\n${SCORE}sys.exit(0)\n` },
  {
    what: "modules of its own",
    script: `open("own_part.py", "w").close()\nimport own_part\n${SCORE}`,
  },
  {
    what: "a module it can do without",
    script: `try:\n    import not_there_a\nexcept ImportError:\n    not_there_a = None\n${SCORE}`,
  },
])("$what is no reason to refuse", async ({ script }) => {
  expect(await check(script)).toBe(PYTHON);
});

test("an ablation needs no score line of its own", async () => {
  expect(await check("print('Ablation[x]: 1')", "ablation")).toBe(PYTHON);
});

test("missing modules are named by their top", async () => {
  const script = `import json, not_there_b.part\nfrom not_there_a.x import y\n${SCORE}`;
  expect(await check(script)).toEqual({
    problem: "ModuleNotFoundError: no not_there_a,not_there_b",
  });
});

test("a script that the reader cannot cope with is left to Python", async () => {
  expect(await check(`x = ${"(".repeat(100_000)}`)).toBeDefined();
});

test("several scripts at once are each told their own, also after a reader that was ended", async () => {
  const problems = await Promise.all([check(SCORE), check("print(1)\n"), check(SCORE)]);
  expect(problems.map((found) => "problem" in found)).toEqual([false, true, false]);
  preflight.close();
  expect(await check("x = (\n")).toHaveProperty("problem");
});
