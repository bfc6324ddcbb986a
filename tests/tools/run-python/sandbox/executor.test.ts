import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { BACKENDS } from "../backends.ts";
import { processesOf, setUp } from "../runner-fixture.ts";

/** What every back end owes to the runner above it. */
describe.each(BACKENDS)("a script run by $name", ({ name: backend, executor }) => {
  test.each([
    { name: "fails", outcome: "error", exitCode: 1, stderr: /ValueError: the column is not there/ },
    { name: "syntax-error", outcome: "error", exitCode: 1, stderr: /SyntaxError/ },
    { name: "exits-early", outcome: "error", exitCode: 1, stderr: /no data for this model/ },
    { name: "dies-by-signal", outcome: "error", exitCode: 137, stderr: /was killed \(SIGKILL\)/ },
    { name: "segfaults", outcome: "error", exitCode: 139, stderr: /segmentation fault/ },
    {
      name: "takes-memory",
      outcome: "memory",
      exitCode: 1,
      stderr: /more memory than its 1024 MB/,
    },
    { name: "traceback-but-ok", outcome: "ok", exitCode: 0, stderr: /ValueError: handled/ },
  ])("$name ends as $outcome with code $exitCode", async ({ name, outcome, exitCode, stderr }) => {
    const run = await setUp({ executor }).run(name);
    expect(run).toMatchObject({ outcome, exitCode, ok: outcome === "ok" });
    expect(run.stderr).toMatch(stderr);
  });

  test("a traceback names the script and nothing of this program", async () => {
    const { stderr } = await setUp({ executor }).run("fails");
    expect(stderr).toContain('File "solution.py", line 2');
    expect(stderr).not.toContain("boot.py");
  });

  test("what hangs is stopped in the end, keeps what it printed, shows where it hung, and leaves nothing", async () => {
    const seed = 1000 + Math.floor(Math.random() * 1e9);
    const names = ["hangs", "hangs-with-children", "ignores-sigterm"];
    const [hung, ...others] = await Promise.all(
      names.map((name) => setUp({ executor, seconds: 1, seed }).run(name)),
    );
    expect(hung).toMatchObject({ outcome: "timeout", ok: false });
    expect(hung?.stdout).toBe("Final Validation Performance: 0.25\n");
    expect(hung?.stderr).toMatch(/"solution.py", line 4/);
    expect(hung?.stderr).toMatch(
      /stopped after 4 seconds, of which it used 0 s of CPU time: it hung/,
    );
    for (const run of others) expect(run.outcome).toBe("timeout");
    for (const run of [hung, ...others]) expect(run?.seconds).toBeLessThan(60);
    expect(processesOf(seed)).toEqual([]);
  });

  test("the CPU time of all that a script starts counts, and it shows where it was", async () => {
    const seed = 1000 + Math.floor(Math.random() * 1e9);
    const burns = async (name: string, line: string) => {
      const run = await setUp({ executor, seconds: 2, seed }).run(name);
      expect(run).toMatchObject({ outcome: "timeout", ok: false });
      expect(run.stderr).toMatch(new RegExp(`"solution.py", line ${line}`));
      expect(run.stderr).toMatch(/time limit of 2 seconds: it had used \d+ s of CPU time/);
      expect(run.cpuSeconds).toBeGreaterThanOrEqual(2);
    };
    await Promise.all([
      burns("burns-in-processes", "8"),
      burns("burns-and-forgets-signals", "[89]"),
    ]);
    expect(processesOf(seed)).toEqual([]);
  });

  test("a daemon neither holds a script up nor outlives it", async () => {
    const seed = 1000 + Math.floor(Math.random() * 1e9);
    const run = await setUp({ executor, seed }).run("leaves-daemon");
    expect(run).toMatchObject({ outcome: "ok" });
    expect(run.seconds).toBeLessThan(5);
    expect(processesOf(seed)).toEqual([]);
  });

  test("many processes together are held to the memory limit", async () => {
    const run = await setUp({ executor }).run("takes-memory-by-many");
    expect(run).toMatchObject({ outcome: "memory", ok: false });
    expect(run.stderr).toMatch(/more (than|memory than its) 1024 MB/);
  });

  test("memory that processes share is counted once", async () => {
    expect(await setUp({ executor }).run("shares-memory")).toMatchObject({ outcome: "ok" });
  });

  test("ten megabytes of output are kept on disk and cut in the middle for readers", async () => {
    const { run, attemptsFolder } = setUp({ executor });
    const { stdout, stderr } = await run("floods", "a");
    expect(statSync(join(attemptsFolder, "a/stdout.txt")).size).toBeGreaterThan(10_000_000);
    expect(stdout.length).toBeLessThan(70_000);
    expect(stdout).toContain("bytes left out");
    expect(stdout).toContain("Ablation[encoding]: 0.7\nFinal Validation Performance: 0.125\n");
    expect(stderr).toBe("done\n");
  });

  test("endless output is stopped at its cap", async () => {
    const { run, attemptsFolder } = setUp({ executor });
    expect(await run("floods-forever", "a")).toMatchObject({ outcome: "output-limit", ok: false });
    expect(statSync(join(attemptsFolder, "a/stdout.txt")).size).toBe(64 * 2 ** 20);
  });

  test("bytes that are no text come out as text without control characters", async () => {
    const { stdout } = await setUp({ executor }).run("prints-bytes");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000e-\u001f]/);
    expect(stdout).toContain("\nred\n");
    expect(stdout).toContain("Grüße");
  });

  test("it ends when the program that runs it is killed", async () => {
    const seed = 1000 + Math.floor(Math.random() * 1e9);
    const folder = mkdtempSync(join(tmpdir(), "runner-test-"));
    const program = fileURLToPath(new URL("../run-one-script.ts", import.meta.url));
    const parameters = [program, folder, backend, String(seed)];
    const runner = spawn(process.execPath, parameters, { stdio: "ignore" });
    const output = join(folder, "attempts/a/stdout.txt");
    while (!existsSync(output) || !readFileSync(output, "utf8").includes("\n")) await sleep(50);
    expect(processesOf(seed).length).toBeGreaterThanOrEqual(5);
    runner.kill("SIGKILL");
    await once(runner, "exit");
    for (let wait = 0; wait < 60 && processesOf(seed).length > 0; wait += 1) await sleep(50);
    expect(processesOf(seed)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test("links in the data lead where they lead outside, and to nothing beside it", async () => {
    const { run, inputFolder, folder } = setUp({ executor });
    const task = join(folder, "task");
    mkdirSync(join(task, "images"), { recursive: true });
    for (const name of ["linked.csv", "withheld.csv", "images/1.png"])
      writeFileSync(join(task, name), name);
    symlinkSync(task, join(folder, "also-task"));
    mkdirSync(join(inputFolder, "part"));
    symlinkSync(join(folder, "also-task", "linked.csv"), join(inputFolder, "part", "linked.csv"));
    symlinkSync(join(task, "images"), join(inputFolder, "images"));
    const { stdout } = await run("reads-links");
    expect(stdout).toContain("linked.csv images/1.png");
    if (backend !== "none") expect(stdout).toContain("withheld: False");
  });

  test("no more scripts run at once than there are slots, the most urgent first", async () => {
    const waited: string[] = [];
    const { runPython, started } = setUp({
      executor,
      onWait: ({ id }) => waited.push(id),
      plan: { slots: [[0]], gpus: [], cpusPerSlot: 1, memoryMbPerSlot: 1024, diskMbPerSlot: 1024 },
    });
    const slow = { script: "import time\ntime.sleep(0.5)\n", purpose: "solution" as const };
    const first = runPython({ ...slow, id: "first" });
    while (started.length === 0) await sleep(5);
    await Promise.all([
      first,
      runPython({ ...slow, id: "ablation", purpose: "ablation" }),
      runPython({ ...slow, id: "second" }),
      runPython({ ...slow, id: "submission", purpose: "submission" }),
    ]);
    expect(started).toEqual(["first", "submission", "second", "ablation"]);
    expect(waited.toSorted()).toEqual(["ablation", "second", "submission"]);
  });
});
