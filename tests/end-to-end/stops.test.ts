import { mkdtempSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ofType } from "../../src/record/event.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { agentOfPrompt } from "../support/agent-of-prompt.ts";
import { mleStar } from "../support/command-line.ts";
import { fakeOpenaiServer } from "../support/fake-openai-server.ts";
import { NO_SCIENCE_PYTHON, sciencePython } from "../support/science-python.ts";
import { fenced } from "../support/scripted-model.ts";
import { tinyAnswer } from "../support/tiny-answers.ts";
import { makeTinyTask } from "../support/tiny-task.ts";

const python = sciencePython();
const home = mkdtempSync(join(tmpdir(), "mle-star-stops-"));
const DRAIN_MS = 5000;

/** Ends neither when it is asked to, nor soon. */
const STUBBORN = `import signal, time
for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(each, signal.SIG_IGN)
time.sleep(300)`;

const eventsOf = (id: string) => readEvents(join(home, "runs", id, "scratchpad.jsonl"));
const submissionRows = (id: string) =>
  readFileSync(join(home, "runs", id, "best", "submission.csv"), "utf8")
    .trim()
    .split("\n").length;

/** Processes that work in a folder of this test. */
const leftOver = () =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        return readlinkSync(`/proc/${id}/cwd`).startsWith(join(home, "runs"));
      } catch {
        // It has ended, or is none of ours.
        return false;
      }
    });

interface Seen {
  type?: string;
  at?: string;
}

/** Carries the command out, sends the signals once a line shows that the moment has come, and measures from then on. */
async function stopped(
  words: readonly string[],
  isMoment: (event: Seen) => boolean,
  ...signals: NodeJS.Signals[]
) {
  let since = 0;
  const end = await mleStar([...words, "--json"], {
    cwd: home,
    environment: { VLLM_API_KEY: "a-key" },
    onLine: (line, kill) => {
      if (since > 0 || !isMoment(JSON.parse(line))) return;
      since = performance.now();
      for (const [index, signal] of signals.entries())
        setTimeout(() => kill(signal), 1000 + 200 * index);
    },
  });
  return { ...end, drainedMs: performance.now() - since - 1000 };
}

describe.skipIf(python === null)(
  `stopping a run${python === null ? `: ${NO_SCIENCE_PYTHON}` : ""}`,
  () => {
    test("drains within seconds whatever it is at, stands, and goes on to its end", async () => {
      let mood: "well" | "silent" | "stubborn" = "well";
      await using server = await fakeOpenaiServer(({ messages }) => {
        const agent = agentOfPrompt(messages[0]?.content ?? "");
        if (agent === "data-usage-checker" && mood === "silent") return { fault: "hang" };
        if (agent === "coder" && mood === "stubborn") return { text: fenced(STUBBORN) };
        return tinyAnswer(messages);
      });
      mood = "silent";
      makeTinyTask(join(home, "tiny"));
      const sizes = "--tracks 1 --models 2 --outer-steps 1 --inner-steps 1 --script-seconds 8";
      const asking = `--model vllm:middling --base-url ${server.url}/v1 --search none --no-cache`;
      const words = ["run", "tiny", "--run-id", "stops", ...`${sizes} ${asking}`.split(" ")];

      // While a model does not answer.
      const asked = await stopped(words, ({ type }) => type === "candidate", "SIGTERM");
      expect(asked).toMatchObject({ exitCode: 130, stderr: expect.stringMatching(/resume stops/) });
      expect(asked.drainedMs).toBeLessThan(DRAIN_MS);
      expect(submissionRows("stops")).toBe(41);

      // The second interrupt does not wait for anything.
      const resume = ["resume", "stops"];
      const isOpened = ({ type }: Seen) => type === "opened";
      const twice = await stopped(resume, isOpened, "SIGINT", "SIGINT");
      expect(twice.exitCode).toBe(130);
      expect(twice.drainedMs).toBeLessThan(DRAIN_MS);

      // While a script runs that will not end.
      mood = "stubborn";
      const isAttempt = ({ type, at }: Seen) =>
        type === "script-started" && at?.includes("attempt") === true;
      const ran = await stopped(resume, isAttempt, "SIGINT");
      expect(ran.exitCode).toBe(130);
      expect(ran.drainedMs).toBeLessThan(DRAIN_MS);
      expect(leftOver()).toEqual([]);

      const end = await mleStar([...resume, "--json"], {
        cwd: home,
        environment: { VLLM_API_KEY: "a-key" },
      });
      expect({ exitCode: end.exitCode, stderr: end.stderr }).toEqual({ exitCode: 0, stderr: "" });
      const scripts = ofType(eventsOf("stops"), "script").map(({ at }) => at);
      expect(new Set(scripts).size).toBe(scripts.length);
    });

    test("a cap ends a run well; with a higher one it goes on, and repeats nothing", async () => {
      const sizes =
        "--tracks 2 --models 2 --outer-steps 1 --inner-steps 1 --ensemble-rounds 1 --no-laps";
      const words = ["run", "tiny", "--run-id", "capped", "--json", "--no-cache"];
      const room = ["--max-script-runs", "5", "--max-train-rows", "100"];
      const first = await mleStar([...words, ...sizes.split(" "), ...room], { cwd: home });
      expect(first.exitCode).toBe(0);
      const cut = JSON.parse(first.stdout.trim().split("\n").at(-1) ?? "{}");
      expect(cut.cut.reason).toMatch(/^Script runs: \d of 5/);
      expect(cut.cut.undone).toContain("refinement step 1 of track-1");
      expect(submissionRows("capped")).toBe(41);
      const before = ofType(eventsOf("capped"), "script").length;
      expect(before).toBeLessThanOrEqual(5);

      const more = ["resume", "capped", "--json", "--max-script-runs", "60"];
      const second = await mleStar(more, { cwd: home });
      expect(second.exitCode).toBe(0);
      const whole = JSON.parse(second.stdout.trim().split("\n").at(-1) ?? "{}");
      expect(whole.cut).toBeNull();
      expect(whole.score).toBeLessThanOrEqual(cut.score);
      const events = eventsOf("capped");
      const keys = events.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      // A proof is the same script on other labels.
      const ran = ofType(events, "script").filter(
        ({ run, purpose }) => run.origin === "ran" && purpose !== "proof",
      );
      const scripts = ran.map(({ at }) =>
        readFileSync(join(home, "runs", "capped", "attempts", at, "solution.py"), "utf8"),
      );
      // Only the submission may run a script again, on all rows.
      const searched = scripts.filter((_, index) => !ran[index]?.at.startsWith("submission"));
      expect(new Set(searched).size).toBe(searched.length);
      expect(keys).toContain("track-1/refine-1/attempt-1/candidate");
    });

    test("another number of the paper is refused on resumption, and what may change is told", async () => {
      const refused = await mleStar(["resume", "capped", "--outer-steps", "2"], { cwd: home });
      expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
      expect(refused.stderr).toMatch(/outerSteps was 1 and is 2.*review and patience/);
    });
  },
);
