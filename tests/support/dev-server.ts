import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { Client } from "@langchain/langgraph-sdk";
import { z } from "zod";
import { Question } from "../../src/core/review.ts";

/** A development server as `npm run dev` starts it, with its state and its runs in a folder of the test's. */
export interface DevServer extends AsyncDisposable {
  client: Client;
  port: number;
  output: () => string;
  /** Ends the server as a crash would, with nothing said to it. */
  crash: () => Promise<void>;
}

/** Starts the server of langgraph.json; the same home again finds what an earlier one left. */
export async function devServer(
  home: string,
  environment: Record<string, string> = {},
  more: readonly string[] = [],
): Promise<DevServer> {
  const { graphs } = JSON.parse(readFileSync("langgraph.json", "utf8"));
  const config = join(home, "langgraph.json");
  const absolute = Object.entries(graphs).map(([name, path]) => [name, resolve(String(path))]);
  writeFileSync(config, JSON.stringify({ graphs: Object.fromEntries(absolute) }));
  const port = await freePort();
  const words = ["dev", "--port", String(port), "--config", config, ...more];
  const server = spawn(
    process.execPath,
    [resolve("src/cli.ts"), ...words, "--runs-dir", join(home, "runs")],
    {
      cwd: home,
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...environment },
    },
  );
  let output = "";
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  while (!output.includes("Ready")) {
    if (server.exitCode !== null) throw new Error(`the server did not start: ${output}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  const [, apiKey = null] = /^Token +(\S+)/m.exec(output) ?? [];
  return {
    client: new Client({ apiUrl: `http://127.0.0.1:${port}`, apiKey }),
    port,
    output: () => output,
    crash: () => end(server, "SIGKILL"),
    [Symbol.asyncDispose]: () => end(server, "SIGTERM"),
  };
}

/** The questions of a waiting thread, by id. */
export async function pending({ client }: DevServer, thread: string) {
  const { tasks } = await client.threads.getState(thread, undefined, { subgraphs: true });
  const Task = z.looseObject({
    interrupts: z.array(z.looseObject({ id: z.string(), value: z.unknown() })),
  });
  return tasks.flatMap((task) =>
    Task.parse(task).interrupts.map(({ id, value }) => ({
      id,
      question: z.tuple([Question]).parse(value)[0],
    })),
  );
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill(signal);
  await once(server, "exit");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}
