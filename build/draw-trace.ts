import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { mleStar } from "../tests/support/command-line.ts";
import { digitsAnswer } from "../tests/support/digits-answers.ts";
import { fakeOpenaiServer } from "../tests/support/fake-openai-server.ts";
import { traceCollector } from "../tests/support/trace-collector.ts";
import { tracePicture } from "./trace-picture.ts";

const SMALL =
  "--tracks 1 --models 1 --outer-steps 1 --inner-steps 1 --ensemble-rounds 0 --no-data-usage-check --no-cache";

/** Draws docs/trace.svg anew: a small run with a scripted model sends its trace to a collector on this machine. */
await using collector = await traceCollector();
await using provider = await fakeOpenaiServer(({ messages }) => ({
  text: digitsAnswer(messages[0]?.content ?? ""),
}));
const model = ["--model", "vllm:scripted", "--base-url", `${provider.url}/v1`];
const run = await mleStar(
  ["run", resolve("examples/digits"), ...SMALL.split(" "), ...model, "--run-id", "digits-1"],
  {
    cwd: mkdtempSync(join(tmpdir(), "mle-star-trace-")),
    environment: {
      LANGSMITH_TRACING: "true",
      LANGSMITH_API_KEY: "of-no-use-here",
      LANGSMITH_ENDPOINT: collector.url,
    },
  },
);
if (run.exitCode !== 0) throw new Error(`the run failed: ${run.stderr}`);
writeFileSync("docs/trace.svg", tracePicture(collector.traces()));
