import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { SettingsError } from "../core/errors.ts";
import { isTraced } from "../tracing/is-traced.ts";
import { addCheckpointsFlag, checkpointsOf } from "./checkpoints-flag.ts";

const Configuration = z.object({ graphs: z.record(z.string(), z.string()) });

interface DevFlags {
  port: number;
  host: string;
  runsDir: string;
  config: string;
  checkpoints?: string;
}

/** `mle-star dev`: LangGraph's development server over the graphs, for LangGraph Studio and the SDK. */
export function addDevCommand(program: Command): void {
  const command = program
    .command("dev")
    .description("serve the graphs to LangGraph Studio and to the LangGraph SDK")
    .option("--port <number>", "port to listen on", wholePort, 2024)
    .option("--host <name>", "address to listen on", "127.0.0.1")
    .option("--runs-dir <folder>", "where runs are kept", "runs")
    .option("--config <file>", "which graphs to serve", "langgraph.json");
  addCheckpointsFlag(command).action(serve);
}

async function serve({ port, host, runsDir, config, checkpoints }: DevFlags): Promise<void> {
  if (!existsSync(config))
    throw new SettingsError(
      `--config ${config}: there is no such file; run this in the project's folder`,
    );
  const { graphs } = Configuration.parse(JSON.parse(readFileSync(config, "utf8")));
  const cwd = dirname(resolve(config));
  process.env["LOG_LEVEL"] ??= "error";
  process.env["MLE_STAR_RUNS_DIR"] = resolve(runsDir);
  const database = checkpointsOf(checkpoints);
  if (database !== undefined) process.env["MLE_STAR_CHECKPOINTS"] = database;
  const { startServer } = await serverPackage();
  const startedAt = new Date();
  const server = await startServer({ port, host, cwd, graphs, nWorkers: 10 }).catch(
    (cause: unknown) => {
      if (cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE")
        throw new SettingsError(`--port ${port}: it is in use; choose another`, { cause });
      throw cause;
    },
  );
  const url = `http://${host}:${port}`;
  const { stopServing } = await import("../langgraph/served-run.ts");
  const { takeUpAfterCrash } = await import("../langgraph/take-up.ts");
  const { flushTraces } = await import("../tracing/guard-traces.ts");
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, async () => {
      await stopServing();
      await server.cleanup();
      if (isTraced(process.env)) await flushTraces();
      process.exit(130);
    });
  console.log(`Server  ${url}\nStudio  https://smith.langchain.com/studio?baseUrl=${url}`);
  for (const runId of await takeUpAfterCrash(url, resolve(runsDir), startedAt))
    console.log(`going on with run ${runId}, which an ended server left unfinished`);
  console.log("Ready; Ctrl-C stops it, and its runs can be resumed.");
  // The command ends with the server.
  await new Promise<never>(() => {});
}

async function serverPackage() {
  try {
    return await import("@langchain/langgraph-api/server");
  } catch (cause) {
    throw new SettingsError(
      "dev: LangGraph's server is not installed; add it with npm install @langchain/langgraph-api@1.5.1",
      { cause },
    );
  }
}

function wholePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError("it must be a number from 1 to 65535.");
  return port;
}
