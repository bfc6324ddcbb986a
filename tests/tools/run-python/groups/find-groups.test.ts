import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { findGroups } from "../../../../tools/run-python/groups/find-groups.ts";
import { sweepGroups } from "../../../../tools/run-python/groups/sweep-groups.ts";

const groups = findGroups();
const LIMITS = { memoryMb: 32, processes: 8, cores: [] };
/** The folders that a group consists of. */
const foldersOf = (prefix: readonly string[]) =>
  prefix.filter((word) => word.startsWith("/sys/")).map(dirname);

// Needs control groups that this user may make.
const counted = test.skipIf(groups === null);

counted(
  "memory past the limit ends the process, and is told after the group has gone",
  async () => {
    const make = () => groups?.make(LIMITS) ?? expect.unreachable();
    const flood = (megabytes: number) =>
      `import os; os.memfd_create("a")\nfor _ in range(${megabytes}): os.write(3, bytes(2**20))`;
    const outcomes = await Promise.all(
      [20, 200].map(async (megabytes) => {
        const group = make();
        const [command = "", ...words] = [...group.prefix, "python3", "-c", flood(megabytes)];
        const { status, signal } = spawnSync(command, words);
        await group.remove();
        const left = foldersOf(group.prefix).filter((folder) => existsSync(folder));
        return { status, signal, hasRunOut: group.hasRunOut(), left };
      }),
    );
    expect(outcomes).toEqual([
      { status: 0, signal: null, hasRunOut: false, left: [] },
      { status: null, signal: "SIGKILL", hasRunOut: true, left: [] },
    ]);
  },
);

counted("removing a group ends what is left in it", async () => {
  const group = groups?.make(LIMITS) ?? expect.unreachable();
  const [command = "", ...words] = [...group.prefix, "sleep", "60"];
  const child = spawn(command, words, { stdio: "ignore" });
  const ended = new Promise((done) => child.once("exit", (_, signal) => done(signal)));
  const [folder = ""] = foldersOf(group.prefix);
  while (readFileSync(join(folder, "cgroup.procs"), "utf8") === "") await new Promise(setImmediate);
  await group.remove();
  expect(await ended).toBe("SIGKILL");
  expect(existsSync(folder)).toBe(false);
});

counted("what a program left that is no more is swept, what lives is not", async () => {
  const group = groups?.make(LIMITS) ?? expect.unreachable();
  const [own = ""] = foldersOf(group.prefix);
  const parent = dirname(own);
  const gone = spawnSync("true").pid;
  const stale = join(parent, `mle-star-${gone}-1`);
  mkdirSync(stale);
  await sweepGroups([{ mount: parent }]);
  expect([stale, own].map((folder) => existsSync(folder))).toEqual([false, true]);
  await group.remove();
});
