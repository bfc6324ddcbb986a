import { expect, test } from "vitest";
import { runCommand } from "../../../tools/machine/run-command.ts";

const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

test("a program that is not there is told, and its time limit holds nobody up", async () => {
  const before = timers();
  const end = await runCommand("no-such-program", [], { timeoutSeconds: 60 });
  expect(end).toMatchObject({ exitCode: null, lines: [expect.stringContaining("ENOENT")] });
  expect(timers()).toBe(before);
});

test("a program that takes longer than it may is ended", async () => {
  const end = await runCommand("sh", ["-c", "echo begun; exec sleep 60"], { timeoutSeconds: 0.3 });
  expect(end).toEqual({ exitCode: null, stdout: "begun\n", lines: ["begun"] });
});
