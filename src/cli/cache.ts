import type { Command } from "commander";
import { z } from "zod";
import { type CacheState, pruneCache } from "../../tools/run-python/cache/prune-cache.ts";
import { addFlags, asked } from "./flag.ts";

const Prune = z.object({ prune: z.number().min(0).optional() });

/** `mle-star cache`: what is remembered of scripts that ran; `--prune` removes what was used longest ago. */
export function addCacheCommand(program: Command): void {
  const command = program
    .command("cache")
    .description("show what is remembered of scripts that ran, or prune it");
  addFlags(command, Prune, {
    prune: ["<megabytes>", "remove what was used longest ago, down to this size"],
  }).action(async () => {
    const { prune } = asked(Prune, command);
    const { cacheFolder } = await import("../run/script-execution.ts");
    const most = prune === undefined ? undefined : prune * 1e6;
    console.log(told(pruneCache(cacheFolder(process.env), most)));
  });
}

const told = ({ folder, executions, bytes, oldestUse }: CacheState) =>
  `${executions} results of scripts, ${(bytes / 1e6).toFixed(1)} MB${oldestUse === null ? "" : `, unused since ${oldestUse.toISOString().slice(0, 10)} at the longest`}: ${folder}`;
