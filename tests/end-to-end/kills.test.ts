import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { tinyServices } from "../support/asked-services.ts";
import { type CommandEnd, mleStar } from "../support/command-line.ts";
import { emptyTally, killedRun, type Tally, unkilled } from "../support/kill-campaign.ts";
import type { Campaign } from "../support/killed-process.ts";
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

/** The tally of as many runs and kills, without a fault. */
const without = ({ runs, kills, killsWithinWrites }: Tally) => ({
  ...emptyTally(),
  runs,
  kills,
  killsWithinWrites,
});

test("runs killed again and again lose nothing, repeat nothing, and end as if they never were", async () => {
  const tally = emptyTally();
  // How often one run can be killed before it ends depends on the machine.
  while (tally.kills < KILLS)
    await killedRun(campaign, `killed-${tally.runs}`, expected, KILLS - tally.kills, tally);
  process.stdout.write(`kills: ${tally.kills}, within writes: ${tally.killsWithinWrites}\n`);
  expect(tally).toEqual(without(tally));
});

test("nothing that a model, a search, a page or a person has answered is asked again after a kill", async () => {
  await using services = await tinyServices();
  const answer = join(home, "answer.json");
  writeFileSync(answer, '{"type": "accept"}');
  // Whether a script would be the best, and is checked for leakage, hangs on which track came first.
  const words = [...campaign.words, ...services.words, "--review", "plans", "--no-leakage-check"];
  const asking = { ...campaign, words, services, answer };
  const outcome = await unkilled(asking, "asked");
  const tally = emptyTally();
  while (tally.kills < KILLS)
    await killedRun(asking, `asked-${tally.runs}`, outcome, KILLS - tally.kills, tally);
  process.stdout.write(`kills over HTTP: ${tally.kills}\n`);
  expect(tally).toEqual(without(tally));
});

test("a run whose checkpoints are in PostgreSQL ends the same, killed or not", async (context) => {
  const words = [...campaign.words, "--checkpoints", await postgresSchema(context)];
  const tally = emptyTally();
  await killedRun({ ...campaign, words }, "in-postgres", expected, 2, tally);
  expect(tally).toEqual(without(tally));
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
