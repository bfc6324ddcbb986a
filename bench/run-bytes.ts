/** Prints what a quick run of the digits leaves in bytes: its checkpoints, for each of them and in all, its scratchpad and its trace. */
import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { mleStar } from "../tests/support/command-line.ts";
import { traceCollector } from "../tests/support/trace-collector.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-bytes-"));
await using collector = await traceCollector();
const words = ["--preset", "quick", "--no-cache", "--run-id", "measured"];
const { exitCode, stderr } = await mleStar(["run", resolve("examples/digits"), ...words], {
  cwd: home,
  environment: {
    LANGSMITH_TRACING: "true",
    LANGSMITH_API_KEY: "none",
    LANGSMITH_ENDPOINT: collector.url,
  },
});
if (exitCode !== 0) throw new Error(stderr);

const runFolder = join(home, "runs", "measured");
const checkpoints = join(runFolder, "checkpoints.sqlite");
const database = new DatabaseSync(checkpoints);
const count = Number(
  database.prepare("SELECT count(*) AS count FROM checkpoints").get()?.["count"],
);
database.close();
const size = (path: string) => statSync(path).size;
const sent = collector.received.reduce((sum, { body }) => sum + JSON.stringify(body).length, 0);
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;
console.log(
  `${count} checkpoints of ${kilobytes(size(checkpoints) / count)}, ${kilobytes(size(checkpoints))} in all`,
);
console.log(`scratchpad ${kilobytes(size(join(runFolder, "scratchpad.jsonl")))}`);
console.log(
  `trace ${kilobytes(sent)} in ${collector.received.length} requests, ${collector.traces().length} spans`,
);
console.log(`in ${home}`);
