import type { Caps } from "../core/budget.ts";
import { NO_CAPS } from "../core/budget.ts";
import type { RecordedEvent } from "../core/run-event.ts";
import { drawView } from "./draw-view.ts";
import { formatScore, formatSeconds } from "./format.ts";
import { liveDisplay } from "./live-display.ts";
import { progressLines } from "./progress-lines.ts";
import { type RunView, runView } from "./run-view.ts";
import { spentLines } from "./show-costs.ts";
import { visible } from "./visible.ts";

type Result = Extract<RecordedEvent, { type: "result" }>;

/** Tells a person, or a program, what a run does. */
export interface Teller {
  /** What was recorded before: it is not told again, but scores and times go on from there. */
  history(events: readonly RecordedEvent[]): void;
  event(event: RecordedEvent): void;
  /** What has to be made first, and what becomes of an interrupt. */
  notice(line: string): void;
  result(result: Result): void;
  /** Makes room while a person is asked. */
  aside<Answer>(work: () => Promise<Answer>): Promise<Answer>;
  end(): void;
}

interface Voices {
  /** Standard output and standard error, by whole lines. */
  out(line: string): void;
  err(line: string): void;
}

const quiet = ({ out, err }: Voices): Teller => ({
  history: () => {},
  event: () => {},
  notice: err,
  result: (result) => out(resultText(result)),
  aside: (work) => work(),
  end: () => {},
});

/** Only the result. */
export const quietTeller = (voices: Voices): Teller => ({ ...quiet(voices), notice: () => {} });

/** Every event as a line of JSON; the result last and once, whatever else the run still says after it. */
export const jsonTeller = (voices: Voices): Teller => ({
  ...quiet(voices),
  event: (event) => {
    if (event.type !== "result") voices.out(JSON.stringify(event));
  },
  result: (result) => voices.out(JSON.stringify(result)),
});

/** A line for each event worth one. */
export function lineTeller(voices: Voices): Teller {
  const lineOf = progressLines();
  return {
    ...quiet(voices),
    history: (events) => events.forEach((event) => void lineOf(event)),
    event: (event) => {
      const line = lineOf(event);
      if (line !== null) voices.out(line);
    },
  };
}

/** The same lines, which stay, above a live view of all tracks; the view alone is gone when the run ends. */
export function liveTeller(
  stream: NodeJS.WriteStream,
  voices: Voices,
  { capsOf, now }: { capsOf: (runId: string) => Caps; now: () => number },
): Teller {
  const lineOf = progressLines();
  const events: RecordedEvent[] = [];
  let caps = NO_CAPS;
  let view: RunView | null = null;
  let display: ReturnType<typeof liveDisplay> | null = null;

  const take = (event: RecordedEvent) => {
    if (event.type === "run") caps = capsOf(event.runId);
    events.push(event);
    view = null;
  };
  const draw = (screen: { columns: number; rows: number }) => {
    view ??= runView(events, caps);
    return drawView(view, screen, now());
  };
  const say = (line: string) => (display === null ? voices.out(line) : display.say(line));

  return {
    ...quiet(voices),
    history: (past) => {
      for (const event of past) {
        lineOf(event);
        take(event);
      }
    },
    event: (event) => {
      take(event);
      display ??= liveDisplay(stream, draw);
      const line = lineOf(event);
      if (line !== null) display.say(line);
    },
    notice: say,
    aside: async (work) => {
      display?.pause();
      try {
        return await work();
      } finally {
        display?.resume();
      }
    },
    end: () => {
      display?.stop();
      display = null;
    },
  };
}

function resultText({
  score,
  metric,
  seconds,
  solution,
  submission,
  runId,
  totals,
  cut,
}: Result): string {
  const report = submission?.replace(/best[\\/]submission\.csv$/, "report.html");
  return [
    "",
    `Done in ${formatSeconds(seconds)}: ${metric} ${formatScore(score)}`,
    ...cutLines(cut ?? null, runId),
    `  submission  ${submission}`,
    `  solution    ${solution}`,
    `  report      ${report}`,
    ...(totals === undefined ? [] : spentLines(totals)),
    `  look again  mle-star show ${runId}`,
  ].join("\n");
}

/** Which cap ended the run before its time, what that cost it, and how it goes on. */
const cutLines = (cut: { reason: string; undone: string[] } | null, runId: string) =>
  cut === null
    ? []
    : [
        `  cut short   ${visible(cut.reason)}`,
        `  left undone ${visible(cut.undone.join("; "))}`,
        `  go on       mle-star resume ${runId}, with a higher cap`,
      ];
