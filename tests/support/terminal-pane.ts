import { execFileSync, spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

export const NO_TMUX = "no tmux: install Debian's package `tmux`";
export const hasTmux = () => spawnSync("tmux", ["-V"]).status === 0;

/** A pseudo-terminal with a shell command in it, of any size, whose text can be read at any time. */
export interface Pane {
  /** What stands on the screen, or, with its history, all that ever did. */
  text(withHistory?: boolean): string;
  resize(columns: number, rows: number): void;
  type(keys: string): void;
  /** Control and C, as a person presses them. */
  interrupt(): void;
  showsCursor(): boolean;
  /** Resolves once the text matches; an error with the text when it does not in time. */
  until(pattern: RegExp, seconds?: number): Promise<string>;
  pid(): number;
  close(): void;
}

/** Opens one by a tmux server of its own. */
export function openPane(
  command: string,
  { columns, rows }: { columns: number; rows: number },
): Pane {
  const server = `mle-star-test-${process.pid}-${Math.trunc(performance.now())}`;
  const tmux = (...words: string[]) =>
    execFileSync("tmux", ["-L", server, "-f", "/dev/null", ...words], { encoding: "utf8" });
  tmux("new-session", "-d", "-x", String(columns), "-y", String(rows), `${command}; exec sleep 60`);
  const text = (withHistory = false) =>
    tmux("capture-pane", "-p", "-t", "0", ...(withHistory ? ["-S", "-", "-J"] : []));
  return {
    text,
    resize: (width, height) =>
      void tmux("resize-window", "-t", "0", "-x", String(width), "-y", String(height)),
    type: (keys) => void tmux("send-keys", "-t", "0", keys, "Enter"),
    interrupt: () => void tmux("send-keys", "-t", "0", "C-c"),
    showsCursor: () => tmux("display-message", "-p", "-t", "0", "#{cursor_flag}").trim() === "1",
    async until(pattern, seconds = 20) {
      for (const _ of Array.from({ length: 10 * seconds })) {
        if (pattern.test(text(true))) return text();
        await sleep(100);
      }
      throw new Error(`${pattern} did not come:\n${text(true)}`);
    },
    pid: () => Number(tmux("display-message", "-p", "-t", "0", "#{pane_pid}")),
    close: () => void tmux("kill-server"),
  };
}
