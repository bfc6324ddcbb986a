import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer, isIPv6 } from "node:net";
import { dirname, extname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { z } from "zod";
import { SettingsError } from "../core/errors.ts";
import { isTraced } from "../run/tracing/is-traced.ts";
import { policyIn, tokenFor } from "../server/guard-policy.ts";
import { checkpointsOf } from "./checkpoints-flag.ts";
import { addFlags, asked, type Words } from "./flag.ts";
import { CHECKPOINTS, Checkpoints } from "./flags.ts";
import { RUNS_DIR } from "./follow.ts";

const Configuration = z.object({ graphs: z.record(z.string(), z.string()) });

const Serving = Checkpoints.extend({
  port: z.int().min(1).max(65_535).default(2024),
  host: z.string().default("127.0.0.1"),
  runsDir: z.string().default(RUNS_DIR[2]),
  config: z.string().default("langgraph.json"),
  allowOrigin: z
    .array(z.string().regex(/^https?:\/\/[^/,]+$/, "give it as https://host:port"))
    .default([]),
  allowHost: z.array(z.string().regex(/^[\w.-]+$/, "give a name without its port")).default([]),
});
const SERVING: Words<z.infer<typeof Serving>> = {
  ...CHECKPOINTS,
  port: ["<number>", "port to listen on (default 2024)"],
  host: ["<name>", "address to listen on (default 127.0.0.1)"],
  runsDir: ["<folder>", `${RUNS_DIR[1]} (default ${RUNS_DIR[2]})`],
  config: ["<file>", "which graphs to serve (default langgraph.json)"],
  allowOrigin: ["<list>", "pages that may use it, with commas (besides its own and LangSmith's)"],
  allowHost: ["<list>", "names it may be called by, with commas (besides localhost and addresses)"],
};

/** What a page may read of an answer besides its body. */
const READ = ["content-location", "x-pagination-total"];
const ALL_ROUTES = {
  ...{ disable_assistants: false, disable_threads: false, disable_runs: false },
  ...{ disable_store: false, disable_meta: false },
};

/** `mle-star dev`: LangGraph's development server over the graphs, for LangGraph Studio and the SDK. */
export function addDevCommand(program: Command): void {
  const command = program
    .command("dev")
    .description("serve the graphs to LangGraph Studio and to the LangGraph SDK");
  addFlags(command, Serving, SERVING).action(() => serve(asked(Serving, command)));
}

async function serve(serving: z.infer<typeof Serving>): Promise<void> {
  const { port, host, runsDir, config, checkpoints, allowHost, allowOrigin } = serving;
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
  const token = tokenFor(host, process.env["MLE_STAR_TOKEN"]);
  process.env["MLE_STAR_TOKEN"] = token ?? "";
  process.env["MLE_STAR_ALLOW_HOST"] = [host, ...allowHost].join(",");
  process.env["MLE_STAR_ALLOW_ORIGIN"] = allowOrigin.join(",");
  const { origins } = policyIn(process.env);
  await checkAddress(port, host);
  const { startServer } = await serverPackage();
  const startedAt = new Date();
  const door = fileURLToPath(new URL(`../server/door${extname(import.meta.url)}`, import.meta.url));
  const server = await startServer({
    ...{ port, host, cwd, graphs, nWorkers: 10 },
    auth: { path: `${door}:auth`, disable_studio_auth: true },
    http: {
      ...ALL_ROUTES,
      app: `${door}:app`,
      cors: { allow_origins: [...origins], expose_headers: READ },
    },
  });
  const url = `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const { stopServing } = await import("../server/served-run.ts");
  const { takeUpAfterCrash } = await import("../server/take-up.ts");
  const { flushTraces } = await import("../run/tracing/guard-traces.ts");
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, async () => {
      await stopServing();
      await server.cleanup();
      if (isTraced(process.env)) await flushTraces();
      process.exit(130);
    });
  if (token !== null) console.log(`Token   ${token} (Authorization: Bearer, or x-api-key)`);
  console.log(`Server  ${url}\nStudio  https://smith.langchain.com/studio?baseUrl=${url}`);
  const { resumed, waiting } = await takeUpAfterCrash({ url, token }, resolve(runsDir), startedAt);
  for (const runId of resumed)
    console.log(`going on with run ${runId}, which an ended server left unfinished`);
  for (const runId of waiting)
    console.log(`run ${runId} waits for an answer, as it did when its server ended`);
  console.log("Ready; Ctrl-C stops it, and its runs can be resumed.");
  // The command ends with the server.
  await new Promise<never>(() => {});
}

/** Refuses an address that cannot be listened on: the server would find out only when its workers run. */
async function checkAddress(port: number, host: string): Promise<void> {
  const probe = createServer();
  try {
    await once(probe.listen(port, host), "listening");
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    throw new SettingsError(
      cause.code === "EADDRINUSE"
        ? `--port ${port}: it is in use; choose another`
        : `--host ${host} --port ${port}: it cannot be listened on (${cause.message})`,
      { cause },
    );
  }
  await once(probe.close(), "close");
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
