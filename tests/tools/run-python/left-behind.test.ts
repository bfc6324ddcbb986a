import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { BACKENDS, PYTHON } from "./backends.ts";
import { setUp } from "./runner-fixture.ts";

/** What no plain `rm` takes away, and what no plain reader takes over. */
const LEAVES = `
import os, socket
here = os.getcwd()
os.makedirs("closed/within/deeper")
open("closed/within/file", "w").close()
for depth in range(25):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
open("file", "w").close()
os.chdir(here)
os.mkdir(b"no \\xff text")
open(b"no \\xff text/\\xfe", "w").close()
os.mkdir("line\\nbreak")
os.symlink("loop", "loop")
os.symlink("/", "closed/within/root")
os.mkfifo("final/validation.csv")
socket.socket(socket.AF_UNIX).bind("final/test_scores.npy")
os.mkdir("final/validation_scores.npy")
os.symlink("/", "final/members")
open("final/submission.csv", "w").write("id,y\\n1,2\\n")
os.chmod("closed/within", 0)
os.chmod("closed", 0)
print("Final Validation Performance: 0.5")
`;

test.each(BACKENDS)("without a trace goes whatever a script left ($name)", async ({ executor }) => {
  const { runPython, folder } = setUp({ executor });
  const work = join(folder, "work");
  for (const id of ["track-1/model-1", "track-1/model-2"]) {
    const run = await runPython({ id, script: LEAVES, purpose: "solution" });
    expect(run).toMatchObject({ ok: true, stderr: "", submission: { valid: true } });
    expect(readdirSync(work)).toEqual([]);
  }
  expect(readdirSync(join(folder, "attempts/track-1/model-1/final"))).toEqual(["submission.csv"]);
});

test("what a killed process left of such a folder keeps no run from going on", async () => {
  const { run, again, folder } = setUp();
  await run("prints-score");
  const [ended] = [spawnSync("true").pid];
  const left = join(folder, "work", `${ended}-left`);
  mkdirSync(join(left, "final"), { recursive: true });
  execFileSync(PYTHON.interpreter, ["-c", LEAVES], { cwd: left });
  expect((await again().run("prints-score")).ok).toBe(true);
  expect(existsSync(left)).toBe(false);
});

const REMOVER = join(import.meta.dirname, "../../../tools/run-python/sandbox/remove-folder.ts");

// Who is not root has no way past closed folders but to open them.
test.skipIf(process.getuid?.() !== 0)("an ordinary user removes it as well", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ordinary-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o777);
  const left = join(folder, "left");
  mkdirSync(join(left, "final"), { recursive: true });
  execFileSync(PYTHON.interpreter, ["-c", LEAVES], { cwd: left });
  execFileSync("chown", ["-R", "21000:21000", left]);
  const ordinary = { uid: 21_000, gid: 21_000, cwd: folder, env: {} };
  const remove = `import(${JSON.stringify(REMOVER)}).then(({ removeFolder }) => removeFolder(${JSON.stringify(left)}))`;
  execFileSync(process.execPath, ["--input-type=module", "-e", remove], ordinary);
  expect(existsSync(left)).toBe(false);
});
