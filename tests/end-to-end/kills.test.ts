import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type CommandEnd, mleStar } from "../support/command-line.ts";
import { type Campaign, emptyTally, killedRun, unkilled } from "../support/kill-campaign.ts";
import { postgresSchema } from "../support/postgres.ts";
import { drawFrom, makeTinyTask } from "../support/tiny-task.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-kills-"));
const campaign: Campaign = {
  home,
  taskFolder: makeTinyTask(join(home, "tiny")),
  // Every script is to run: what an earlier run left would hide what a resumed one does.
  words:
    "tiny --no-cache --tracks 2 --models 1 --outer-steps 1 --inner-steps 2 --ensemble-rounds 1 --max-train-rows 100".split(
      " ",
    ),
  random: drawFrom(5),
};
const KILLS = 8;

let expected = "";
beforeAll(async () => {
  expected = await unkilled(campaign, "unkilled");
});

const without = (kills: number) => ({ ...emptyTally(), runs: 1, kills });

test("a run killed again and again loses nothing, repeats nothing, and ends as if it never was", async () => {
  const tally = emptyTally();
  await killedRun(campaign, "killed", expected, KILLS, tally);
  process.stdout.write(`kills: ${tally.kills}, within writes: ${tally.killsWithinWrites}\n`);
  expect(tally.kills).toBeGreaterThan(2);
  expect({ ...tally, killsWithinWrites: 0 }).toEqual(without(tally.kills));
});

test("a run whose checkpoints are in PostgreSQL ends the same, killed or not", async (context) => {
  const words = [...campaign.words, "--checkpoints", await postgresSchema(context)];
  const tally = emptyTally();
  await killedRun({ ...campaign, words }, "in-postgres", expected, 2, tally);
  expect({ ...tally, killsWithinWrites: 0 }).toEqual(without(tally.kills));
});

test("while a process works on a run, another is refused; the lock of a killed one goes to just one", async () => {
  const attempts: Promise<CommandEnd>[] = [];
  const resume = () => mleStar(["resume", "shared", "--json"], { cwd: home });
  await mleStar(["run", ...campaign.words, "--run-id", "shared", "--json"], {
    cwd: home,
    onLine: async (line, kill) => {
      if (attempts.length > 0 || JSON.parse(line).type !== "script-started") return;
      attempts.push(resume());
      await attempts[0];
      kill("SIGKILL");
    },
  });
  const refused = await attempts[0];
  expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
  expect(refused?.stderr).toMatch(
    /^run .*shared: process \d+ is working on it; stop that one first\n$/,
  );

  const ends = await Promise.all([resume(), resume()]);
  expect(ends.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 2]);
});
