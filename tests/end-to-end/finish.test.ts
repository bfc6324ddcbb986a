import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ofType } from "../../src/record/event.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { mleStar } from "../support/command-line.ts";
import { NO_SCIENCE_PYTHON, sciencePython } from "../support/science-python.ts";

const python = sciencePython();
const home = mkdtempSync(join(tmpdir(), "mle-star-finish-"));
const eventsOf = (id: string) => readEvents(join(home, "runs", id, "scratchpad.jsonl"));
const run = ["run", resolve("examples/digits"), "--time", "1h", "--no-cache", "--json"];

describe.skipIf(python === null)(
  `ending a search${python === null ? `: ${NO_SCIENCE_PYTHON}` : ""}`,
  () => {
    test("a run under way makes its submission as soon as it is asked to finish, and can be taken up again", async () => {
      const common = ["--python", python ?? ""];
      let asked: Promise<unknown> | null = null;
      const end = await mleStar([...run, "--run-id", "live", ...common], {
        cwd: home,
        onLine: (line) => {
          if (JSON.parse(line).type !== "candidate" || asked !== null) return;
          asked = mleStar(["finish", "live"], { cwd: home });
        },
      });
      expect(await asked).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining("ends now"),
      });
      expect(end).toMatchObject({ exitCode: 0 });
      const [result] = ofType(eventsOf("live"), "result");
      expect(result?.cut?.reason).toBe("a person ended the search");
      expect(existsSync(join(home, "runs/live/best/submission.csv"))).toBe(true);
      const scripts = ofType(eventsOf("live"), "script").length;
      await mleStar(["resume", "live", "--max-script-runs", `${scripts + 2}`, "--json"], {
        cwd: home,
      });
      expect(ofType(eventsOf("live"), "script").length).toBeGreaterThan(scripts);
    }, 300_000);

    test("an interrupted run is finished by the command itself", async () => {
      let isStopped = false;
      await mleStar([...run, "--run-id", "still", "--python", python ?? ""], {
        cwd: home,
        onLine: (line, kill) => {
          if (JSON.parse(line).type !== "candidate" || isStopped) return;
          isStopped = true;
          kill("SIGINT");
        },
      });
      const end = await mleStar(["finish", "still", "--json"], { cwd: home });
      expect(end).toMatchObject({ exitCode: 0 });
      expect(existsSync(join(home, "runs/still/best/submission.csv"))).toBe(true);
    }, 300_000);
  },
);
