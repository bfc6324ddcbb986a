import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, type TestContext } from "vitest";

/** A folder on a disk of that many KB, gone after the test; the test is skipped where none can be mounted. */
export function smallDisk(context: TestContext, kilobytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), "mle-star-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", folder]);
  } catch {
    return context.skip("no small disk can be mounted here; that takes root");
  }
  onTestFinished(() => {
    execFileSync("umount", ["--lazy", folder]);
  });
  return folder;
}
