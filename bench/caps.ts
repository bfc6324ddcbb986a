/**
 * Every cap, small and large, on the built-in engineer and on a language model over HTTP: prints how each run ended and by
 * how much it went over its cap, beside the largest single call or script. Exit code 1 when a run went over by more than
 * that, or ended without a valid submission.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Caps } from "../src/core/caps.ts";
import { type CappedEnd, cappedRun } from "../tests/support/capped-run.ts";
import { fakeOpenaiServer } from "../tests/support/fake-openai-server.ts";
import { tinyAnswer } from "../tests/support/tiny-answers.ts";
import { makeTinyTask } from "../tests/support/tiny-task.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-caps-"));
const taskFolder = makeTinyTask(join(home, "tiny"));
const sizes =
  "--tracks 2 --models 2 --outer-steps 1 --inner-steps 2 --ensemble-rounds 2 --max-train-rows 100".split(
    " ",
  );

await using model = await fakeOpenaiServer(({ messages }) => {
  const answer = tinyAnswer(messages);
  const asked = messages.reduce((sum, { content }) => sum + content.length, 0);
  const input = Math.ceil(asked / 4);
  return { ...answer, usage: { input, output: Math.ceil(answer.text.length / 4) } };
});
const prices = join(home, "prices.json");
writeFileSync(prices, JSON.stringify({ "vllm:middling": { input: 1, output: 4 } }));
const asking = `--model vllm:middling --base-url ${model.url}/v1 --prices ${prices} --search none`;

const engines = {
  "built-in": { home, taskFolder, words: sizes },
  "language model": {
    home,
    taskFolder,
    words: [...sizes, ...asking.split(" ")],
    environment: { VLLM_API_KEY: "a-key" },
  },
};
const limits: Record<keyof Caps, readonly number[]> = {
  seconds: [5, 20],
  scriptRuns: [1, 6],
  scriptSeconds: [5, 12],
  tokens: [10_000, 90_000],
  usd: [0.01, 0.1],
};

const rows: (CappedEnd & { engine: string })[] = [];
for (const [engine, place] of Object.entries(engines))
  for (const cap of Caps.keyof().options) {
    // The built-in engineer uses no tokens and no money.
    if (engine === "built-in" && (cap === "tokens" || cap === "usd")) continue;
    for (const limit of limits[cap]) rows.push({ engine, ...(await cappedRun(cap, limit, place)) });
  }

const over = ({ spent, limit }: CappedEnd) => Math.max(0, spent - limit);
const isBad = (end: CappedEnd) =>
  over(end) > end.largestStep || !end.hasValidSubmission || end.exitCode !== 0;
console.table(
  rows.map((end) => ({
    engine: end.engine,
    cap: end.cap,
    limit: end.limit,
    spent: Number(end.spent.toPrecision(4)),
    over: Number(over(end).toPrecision(3)),
    "largest step": Number(end.largestStep.toPrecision(3)),
    exit: end.exitCode,
    valid: end.hasValidSubmission,
    "left undone": end.undone?.length ?? 0,
    submitted: end.submittedAs,
  })),
);
const bad = rows.filter(isBad);
console.log(
  `${rows.length} runs, ${bad.length} of them over their cap by more than one step or without a submission`,
);
process.exitCode = bad.length === 0 ? 0 : 1;
