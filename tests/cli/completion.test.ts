import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { mleStar } from "../support/command-line.ts";
import { makeRun } from "../support/make-run.ts";

const runs = makeRun("toy-run");
const complete = async (...words: string[]) => {
  const { stdout } = await mleStar(["complete", "--", ...words], { cwd: runs });
  return stdout.trim().split("\n");
};

test.each([
  { words: ["ex"], found: ["export"] },
  { words: ["run", "task", "--pres"], found: ["--preset"] },
  { words: ["run", "task", "--preset", ""], found: ["quick", "standard", "paper"] },
  { words: ["show", "--runs-dir", runs, "to"], found: ["toy-run"] },
  { words: ["run", "ta"], found: [""] },
])("$words is completed by $found", async ({ words, found }) => {
  expect(await complete(...words)).toEqual(found);
});

test("bash asks the program, and falls back on files", async () => {
  const { stdout } = await mleStar(["completion", "bash"], { cwd: runs });
  const script = `${stdout}
    mle-star() { ${process.execPath} ${resolve("src/cli.ts")} "$@"; }
    COMP_WORDS=(mle-star predict --runs-dir . "") COMP_CWORD=4; _mle_star; echo "\${COMPREPLY[@]}"
    COMP_WORDS=(mle-star predict toy-run new) COMP_CWORD=3; touch new.csv; _mle_star; echo "\${COMPREPLY[@]}"`;
  const told = execFileSync("bash", ["-c", script], { cwd: join(runs), encoding: "utf8" });
  expect(told).toBe("toy-run\nnew.csv\n");
});

test("the help tells the numbers that hold for the preset", async () => {
  const help = async (...words: string[]) =>
    (await mleStar(["run", ...words, "--help"], { cwd: runs })).stdout.replace(/\s+/g, " ");
  expect(await help()).toContain("time limit of one script (default 600)");
  expect(await help("--preset", "quick")).toContain("time limit of one script (default 120)");
  expect(await help("--preset", "paper")).toContain("time limit of one script (default 1200)");
});
