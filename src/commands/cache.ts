import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import {
  type CacheState,
  cacheState,
  pruneCache,
} from "../../tools/execution-cache/prune-cache.ts";

/** `mle-star cache`: what is remembered of scripts that ran; `--prune` removes what was used longest ago. */
export function addCacheCommand(program: Command): void {
  program
    .command("cache")
    .description("show what is remembered of scripts that ran, or prune it")
    .option("--prune <megabytes>", "remove what was used longest ago, down to this size", megabytes)
    .action(async ({ prune }: { prune?: number }) => {
      const { cacheFolder } = await import("../script-execution.ts");
      const folder = cacheFolder(process.env);
      console.log(
        described(prune === undefined ? cacheState(folder) : pruneCache(folder, prune * 1e6)),
      );
    });
}

function megabytes(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError("give a number of megabytes.");
  return value;
}

const described = ({ folder, executions, bytes, oldestUse }: CacheState) =>
  `${executions} results of scripts, ${(bytes / 1e6).toFixed(1)} MB${oldestUse === null ? "" : `, unused since ${oldestUse.toISOString().slice(0, 10)} at the longest`}: ${folder}`;
