import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqliteCheckpoints } from "../../../tools/checkpoints/sqlite-checkpoints.ts";
import { checkpointContract } from "../../support/checkpoint-contract.ts";

checkpointContract("SQLite", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "mle-star-checkpoints-")), "c.sqlite");
  return { open: async () => sqliteCheckpoints(file), bytes: async () => statSync(file).size };
});
