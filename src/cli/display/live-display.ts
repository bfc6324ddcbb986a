import { clearScreenDown, cursorTo, moveCursor } from "node:readline";
import { createLogUpdate } from "log-update";
import stringWidth from "string-width";
import type { Screen } from "./draw-view.ts";

export type LiveDisplay = ReturnType<typeof liveDisplay>;

const MILLISECONDS_BETWEEN_FRAMES = 500;

/** Keeps what `draw` returns at the bottom of the terminal, below lines that stay, twice a second and at every change of its size. */
export function liveDisplay(stream: NodeJS.WriteStream, draw: (screen: Screen) => string[]) {
  // The cursor stays visible: a killed process could not bring it back.
  const log = createLogUpdate(stream, { showCursor: true });
  let frame: string[] = [];
  let isPaused = false;
  let timer: NodeJS.Timeout | null = null;

  const redraw = () => {
    // Where the terminal is resized already, its event is on the way: a frame drawn now would leave a piece of the old one.
    if (isPaused || stream.getWindowSize()[0] !== stream.columns) return;
    frame = draw({ columns: stream.columns, rows: stream.rows });
    log(frame.join("\n"));
  };

  /** A narrower terminal has wrapped the old frame: it is taken away by the rows it has now. */
  const onResize = () => {
    if (isPaused) return;
    const { columns } = stream;
    const heights = frame.map((line) => Math.max(1, Math.ceil(stringWidth(line) / columns)));
    const up = heights.reduce((sum, height) => sum - height, 0);
    moveCursor(stream, 0, up);
    cursorTo(stream, 0);
    clearScreenDown(stream);
    log.done();
    redraw();
  };

  const pause = () => {
    isPaused = true;
    log.clear();
    if (timer !== null) clearInterval(timer);
  };
  const resume = () => {
    isPaused = false;
    timer = setInterval(redraw, MILLISECONDS_BETWEEN_FRAMES);
    redraw();
  };

  stream.on("resize", onResize);
  resume();
  return {
    say(line: string) {
      // One write for the line and the block below it: nothing flickers, and the terminal itself wraps what is long.
      stream.cork();
      if (!isPaused) log.clear();
      stream.write(`${line}\n`);
      redraw();
      stream.uncork();
    },
    /** Takes the block away until `resume`: someone is asked something. */
    pause,
    resume,
    /** Leaves the terminal as it was found. */
    stop() {
      pause();
      stream.off("resize", onResize);
    },
  };
}
