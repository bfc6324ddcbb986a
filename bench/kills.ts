/** Kills runs of a small task at random, resumes them, and prints what was lost: `node bench/kills.ts [kills] [seed] [http]`. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tinyServices } from "../tests/support/asked-services.ts";
import { emptyTally, killedRun, type Tally, unkilled } from "../tests/support/kill-campaign.ts";
import type { Campaign } from "../tests/support/killed-process.ts";
import { drawFrom, makeTinyTask } from "../tests/support/tiny-task.ts";

const [kills = 100, seed = 1] = process.argv.slice(2, 4).map(Number);
/** With it the runs ask a model and a search over HTTP, and a person. */
const isAsking = process.argv[4] === "http";
const home = mkdtempSync(join(tmpdir(), "mle-star-kills-"));
await using services = await tinyServices();
const answer = join(home, "answer.json");
writeFileSync(answer, '{"type": "accept"}');
const campaign: Campaign = {
  home,
  taskFolder: makeTinyTask(join(home, "tiny")),
  words: [
    ..."tiny --no-cache --tracks 2 --models 2 --outer-steps 1 --inner-steps 2".split(" "),
    ..."--ensemble-rounds 1 --max-train-rows 100".split(" "),
    ...(isAsking ? [...services.words, "--review", "plans"] : []),
  ],
  random: drawFrom(seed),
  ...(isAsking ? { services, answer } : {}),
};
const started = performance.now();
const expected = await unkilled(campaign, "unkilled");
console.log(`without a kill: ${((performance.now() - started) / 1000).toFixed(1)} s, in ${home}`);

const tally = emptyTally();
while (tally.kills < kills) {
  await killedRun(campaign, `killed-${tally.runs + 1}`, expected, kills - tally.kills, tally);
  console.log(`run ${tally.runs}: ${tally.kills} kills so far, ${faultsOf(tally).length} faults`);
}
const table = Object.entries(tally).map(([what, found]) => ({
  what,
  figure: Array.isArray(found) ? found.length : found,
}));
console.table(table);
const faults = faultsOf(tally);
for (const fault of faults) console.log(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

function faultsOf(counted: Tally): string[] {
  return Object.values(counted).filter(Array.isArray).flat();
}
