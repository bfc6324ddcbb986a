/** Kills runs of a small task at random, resumes them, and prints what was lost: `node bench/kills.ts [kills] [seed]`. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptyTally, killedRun, type Tally, unkilled } from "../tests/support/kill-campaign.ts";
import { drawFrom, makeTinyTask } from "../tests/support/tiny-task.ts";

const [kills = 100, seed = 1] = process.argv.slice(2).map(Number);
const home = mkdtempSync(join(tmpdir(), "mle-star-kills-"));
const campaign = {
  home,
  taskFolder: makeTinyTask(join(home, "tiny")),
  words:
    "tiny --no-cache --tracks 2 --models 2 --outer-steps 1 --inner-steps 2 --ensemble-rounds 1 --max-train-rows 100".split(
      " ",
    ),
  random: drawFrom(seed),
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
