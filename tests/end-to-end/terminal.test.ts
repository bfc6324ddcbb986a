import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { mleStar } from "../support/command-line.ts";
import { digitsAnswer } from "../support/digits-answers.ts";
import { fakeOpenaiServer } from "../support/fake-openai-server.ts";
import { hasTmux, NO_TMUX, openPane } from "../support/terminal-pane.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-terminal-"));
cpSync("examples/digits", join(home, "digits"), { recursive: true });
const prices = { "vllm:middling": { input: 100, cached: 100, output: 100 } };
writeFileSync(join(home, "prices.json"), JSON.stringify(prices));

/** Lines that only the live view has: one for each view that stands in the terminal. */
const views = (text: string) => text.split("\n").filter((line) => / calls · .*tokens/.test(line));

test.skipIf(!hasTmux())(
  `a run in a terminal shows its spending, is interrupted, and goes on without one [else: ${NO_TMUX}]`,
  async () => {
    await using server = await fakeOpenaiServer(({ messages }) => ({
      text: digitsAnswer(messages[0]?.content ?? ""),
    }));
    const environment = { VLLM_API_KEY: "key" };
    const words = `run digits --preset quick --run-id live --no-cache --search none --model vllm:middling --base-url ${server.url}/v1 --prices prices.json --time 20m --max-cost 50`;
    const program = `${process.execPath} ${resolve("src/cli.ts")}`;
    const start = `cd ${home}; env VLLM_API_KEY=key ${program} ${words}`;
    const pane = openPane(`${start}; echo exit=$?; stty -a > modes.txt; echo THE END`, {
      columns: 120,
      rows: 30,
    });
    try {
      await pane.until(/best accuracy 0\.\d+/, 120);
      const screen = await pane.until(/tokens · \$\d/);
      expect(screen).toMatch(/Track 1.*Track 2/);
      expect(screen).toMatch(/[\d,]+ tokens · \$[\d.]+ of \$50\.00/);
      expect(screen).toMatch(/about \d+:\d\d left · \d+:\d\d of the time cap left/);

      for (const [columns, rows] of [
        [200, 50],
        [80, 24],
      ] as const) {
        pane.resize(columns, rows);
        await sleep(1000);
        expect(views(pane.text()), `${columns} by ${rows}`).toHaveLength(1);
      }

      pane.interrupt();
      await pane.until(/THE END/, 60);
      const left = pane.text(true);
      expect(left).toContain("exit=130");
      expect(left).toMatch(/Stopping: running scripts are ended/);
      expect(left.replace(/\n/g, "")).toContain(
        'interrupted; go on with "npm run mle-star -- resume live"',
      );
      expect(left).toMatch(/metric: accuracy, higher is better/);
      expect(left).toMatch(/\(first score, /);
      expect(views(left)).toEqual([]);
      expect(pane.showsCursor()).toBe(true);
      expect(readFileSync(join(home, "modes.txt"), "utf8")).toMatch(/ icanon[\s\S]* echo /);
    } finally {
      pane.close();
    }

    const resumed = await mleStar(["resume", "live", "--max-script-runs", "8"], {
      cwd: home,
      environment,
    });
    expect(resumed).toMatchObject({ exitCode: 0 });
    const [lines = "", result = ""] = resumed.stdout.split(/^Done in /m);
    for (const line of lines.split("\n").filter(Boolean)) expect(line).toMatch(/^\[\d+:\d\d\] \S/);
    expect(result).toMatch(/accuracy 0\.\d+/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a pipe wants none
    expect(resumed.stdout + resumed.stderr).not.toMatch(/\u001b/);
  },
);
