import { spawn } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { BACKENDS, PYTHON } from "../tools/run-python/backends.ts";
import { setUp } from "../tools/run-python/runner-fixture.ts";

const LIMIT = 4;
/** It ends in time when nothing else runs, with two fifths of its limit to spare. */
const SCRIPT = `import time
while time.process_time() < ${0.6 * LIMIT}:
    sum(range(1000))
print("Final Validation Performance: 0.5")
`;

test.each(BACKENDS)(
  "no script that ends in time on an idle machine is stopped on a busy one, by $name",
  async ({ executor }) => {
    const busy = Array.from({ length: 4 }, () =>
      spawn("taskset", ["-c", "0", PYTHON.interpreter, "-c", "while True: pass"], {
        // In a session of its own each has a share of the core of its own.
        detached: true,
        stdio: "ignore",
      }),
    );
    onTestFinished(() => {
      for (const loop of busy) loop.kill("SIGKILL");
    });
    const { runPython } = setUp({ executor, seconds: LIMIT });
    const run = await runPython({ id: "a", script: SCRIPT, purpose: "solution" });
    expect(run).toMatchObject({ ok: true, outcome: "ok" });
    expect(run.seconds).toBeGreaterThan(LIMIT);
    expect(run.cpuSeconds).toBeLessThan(0.9 * LIMIT);
  },
);
