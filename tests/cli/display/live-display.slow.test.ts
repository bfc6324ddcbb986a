import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { makeRun } from "../../support/make-run.ts";
import { hasTmux, NO_TMUX, openPane, type Pane } from "../../support/terminal-pane.ts";

const replayOf = (text: string) => {
  const scratchpad = join(makeRun("toy", { text, metric: "rmse" }), "toy", "scratchpad.jsonl");
  return `${process.execPath} ${fileURLToPath(new URL("../../support/replay-run.ts", import.meta.url))} ${scratchpad} 1000 5`;
};
const replay = replayOf("ratios");
const inTerminal = (name: string) => `${name} [else: ${NO_TMUX}]`;

let pane: Pane | null = null;
afterEach(() => {
  pane?.close();
  pane = null;
});

const settled = () => new Promise((done) => setTimeout(done, 900));

/** How often the display's first line stands in the terminal: once, unless an old frame was left behind. */
const frames = (text: string) => text.split("\n").filter((line) => /best rmse 7/.test(line)).length;

test.skipIf(!hasTmux()).each([
  [80, 24],
  [200, 50],
])(inTerminal("at %i by %i the lines stay above one view of all tracks"), async (columns, rows) => {
  pane = openPane(replay, { columns, rows });
  const screen = await pane.until(/best rmse 7[\s\S]*\d+ calls/);
  expect(frames(pane.text(true))).toBe(1);
  expect(screen).toMatch(/Track 1.*Track 2/);
  expect(pane.text(true)).toMatch(/track 1 › model 1: Ridge ratios: 10 \(first score/);
});

test.skipIf(!hasTmux())(inTerminal("a resize leaves no piece of an old view behind"), async () => {
  pane = openPane(replay, { columns: 120, rows: 30 });
  await pane.until(/best rmse 7/);
  for (const [columns, rows] of [
    [60, 20],
    [200, 50],
    [80, 24],
  ] as const) {
    pane.resize(columns, rows);
    await settled();
    expect(frames(pane.text(true)), `${columns} by ${rows}`).toBe(1);
  }
  // Here the old view was higher than the screen: what had scrolled away stays away, and the screen is right.
  pane.resize(30, 10);
  await settled();
  expect(frames(pane.text())).toBe(1);
  expect(pane.text(true)).toMatch(/metric: rmse, lower is better/);
});

test.skipIf(!hasTmux())(
  inTerminal("wide characters and long names leave one whole view, and no text begins a line"),
  async () => {
    pane = openPane(replayOf("価格を予測する👩‍👩‍👧🙂\r\nowned ".repeat(8)), {
      columns: 80,
      rows: 24,
    });
    await pane.until(/best rmse 7/);
    pane.resize(120, 30);
    await settled();
    pane.resize(80, 24);
    await settled();
    expect(frames(pane.text())).toBe(1);
    expect(pane.text()).toMatch(/Track 1.*Track 2/);
    expect(pane.text(true)).not.toMatch(/^owned/m);
  },
);

test.skipIf(!hasTmux())(inTerminal("at its end the view goes and every line stays"), async () => {
  pane = openPane(replay, { columns: 80, rows: 24 });
  await pane.until(/best rmse 7/);
  pane.type("x");
  await pane.until(/THE END/);
  const text = pane.text(true);
  expect(frames(text)).toBe(0);
  expect(text).toMatch(/metric: rmse, lower is better/);
  expect(text.match(/attempt \d+: Use ratios number/g)).toHaveLength(4);
});

test.skipIf(!hasTmux())(inTerminal("killed, it leaves a terminal that can be used"), async () => {
  pane = openPane(`sh -c '${replay} & echo pid=$!; wait; echo AFTER'`, { columns: 80, rows: 24 });
  await pane.until(/best rmse 7/);
  const pid = /pid=(\d+)/.exec(pane.text(true))?.[1] ?? "";
  execFileSync("kill", ["-9", pid]);
  const screen = await pane.until(/AFTER/);
  expect(screen.trimEnd().split("\n").at(-1)).toBe("AFTER");
  expect(screen).toMatch(/best rmse 7/);
});
