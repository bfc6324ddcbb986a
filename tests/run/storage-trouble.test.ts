import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openEventLog } from "../../src/record/event-log.ts";
import { storageTrouble } from "../../src/run/storage-trouble.ts";
import { sqliteCheckpoints } from "../../tools/checkpoints/sqlite-checkpoints.ts";
import { smallDisk } from "../support/small-disk.ts";

function failureOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

test("a full disk is told, whether the scratchpad or the checkpoints meet it", (context) => {
  const runFolder = smallDisk(context, 256);
  const log = openEventLog(join(runFolder, "scratchpad.jsonl"), {
    now: () => new Date(0),
    clock: () => 0,
    onEvent: () => {},
  });
  const stage = "x".repeat(300_000);
  const note = () => log.append({ type: "stage", key: "a", at: "", stage });
  const open = () => {
    writeFileSync(join(runFolder, "rest"), "x".repeat(240_000));
    sqliteCheckpoints(join(runFolder, "checkpoints.sqlite"));
  };
  for (const work of [note, open])
    expect(String(storageTrouble(failureOf(work), runFolder))).toMatch(
      /run \S+: the disk of \S+ (is full|fails or is full); make room and go on with "npm run mle-star -- resume \S+( --runs-dir \S+)?"$/,
    );
});

test("damaged checkpoints are named", () => {
  const runFolder = mkdtempSync(join(tmpdir(), "mle-star-trouble-"));
  const file = join(runFolder, "checkpoints.sqlite");
  writeFileSync(file, "x".repeat(20_000));
  expect(
    String(
      storageTrouble(
        failureOf(() => sqliteCheckpoints(file)),
        runFolder,
      ),
    ),
  ).toMatch(/checkpoints\.sqlite is damaged; move it away/);
});

test.each([
  { what: "of another kind", error: new Error("other") },
  {
    what: "about a file elsewhere",
    error: Object.assign(new Error("EACCES"), { code: "EACCES", path: "/usr/bin/python" }),
  },
])("an error $what is left as it is", ({ error }) => {
  expect(storageTrouble(error, "/runs/toy")).toBe(error);
});
