import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bubblewrapArguments } from "../../../../tools/run-python/sandbox/bubblewrap-arguments.ts";
import type { ExecutionSpec } from "../../../../tools/run-python/sandbox/executor.ts";
import { probeSandbox } from "../../../../tools/run-python/sandbox/probe-sandbox.ts";
import { seatbeltProfile } from "../../../../tools/run-python/sandbox/seatbelt.ts";
import { seccompFilter } from "../../../../tools/run-python/sandbox/seccomp-filter.ts";
import { selectSandbox } from "../../../../tools/run-python/sandbox/select-sandbox.ts";
import { stageFor } from "../../../../tools/run-python/sandbox/stage-folders.ts";
import { unconfined } from "../../../../tools/run-python/sandbox/unconfined.ts";
import { BUBBLEWRAP, PYTHON } from "../backends.ts";

const home = mkdtempSync(join(tmpdir(), "select-sandbox-test-"));
afterAll(() => rm(home, { recursive: true, force: true }));
const options = { python: PYTHON, home };

const SPEC: ExecutionSpec = {
  interpreter: "/envs/a/bin/python",
  interpreterRoots: ["/envs/a", "/usr"],
  workFolder: tmpdir(),
  inputFolder: import.meta.dirname,
  environment: { MLE_STAR_SEED: "7" },
  slot: 1,
  cores: [2, 3],
  gpu: { index: 1, id: "GPU-1" },
  memoryMb: 1000,
  cpuSeconds: 60,
};

test("without any sandbox auto refuses, and says what to install and which flag accepts that", async () => {
  await expect(selectSandbox("auto", { ...options, find: () => null })).rejects.toThrow(
    /^No sandbox works here for the scripts \(.* is not installed.*\): install .*--sandbox none\.$/,
  );
});

test("a sandbox that does not start is refused with its own words", async () => {
  const find = () => "/bin/false";
  await expect(selectSandbox("bubblewrap", { ...options, find })).rejects.toThrow(
    /bubblewrap does not work: exit code 1/,
  );
});

test("none is only taken by name", async () => {
  expect((await selectSandbox("none", options)).name).toBe("none");
});

// Needs bubblewrap and a kernel that lets it make user namespaces.
test.skipIf(BUBBLEWRAP === null)("auto takes bubblewrap where it works", async () => {
  expect((await selectSandbox("auto", options)).name).toBe("bubblewrap");
});

test("whatever a probe finds open is named", async () => {
  const seen = await probeSandbox(unconfined(), PYTHON, join(home, "probe"));
  const doors = ["system calls are not filtered", "it sees other processes"];
  expect(seen).toEqual({ doors: expect.arrayContaining(doors) });
});

test("a script sees its own device and no other", () => {
  const words = bubblewrapArguments(SPEC).join(" ");
  expect(words).toContain("--dev-bind-try /dev/nvidia1 /dev/nvidia1");
  expect(words).not.toContain("nvidia0");
  expect(bubblewrapArguments({ ...SPEC, gpu: null }).join(" ")).not.toContain("nvidia");
});

test("the profile for macOS denies by default, opens no network and writes to two folders", () => {
  const profile = seatbeltProfile(SPEC, "/private/tmp/x").split("\n");
  expect(profile).toContain("(deny default)");
  expect(profile.join()).not.toContain("network");
  expect(profile.at(-1)).toBe(
    `(allow file-write* (subpath "${SPEC.workFolder}") (subpath "/private/tmp/x") (literal "/dev/null"))`,
  );
});

test("the filter has whole instructions on both processors, and none for others", () => {
  const filter = (architecture: string) => seccompFilter({ architecture, isMemoryCounted: false });
  expect(filter("x64").length % 8).toBe(0);
  expect(filter("arm64").length).toBeGreaterThan(100);
  expect(() => filter("mips")).toThrow("knows no system calls of the processor mips");
});

test("only what is closed to the other user is staged", () => {
  const stage = stageFor(20_001, ["/open", "/root/closed"], home, (path) => path === "/open");
  expect(stage.source("/open")).toBe("/open");
  expect(stage.source("/root/closed")).toMatch(/\/0$/);
  expect(stage.prefix.join(" ")).toContain("setpriv --reuid=20001 --regid=20000");
});
