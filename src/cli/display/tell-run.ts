import { command } from "../../core/words/command.ts";
import type { EventOf, RecordedEvent } from "../../record/event.ts";
import { formatScore, formatSeconds } from "../../report/format.ts";
import type { Beginning } from "../../report/inspection.ts";
import { apartInWords, resultInWords } from "../../report/score-in-words.ts";
import { spentLines } from "../../report/show-costs.ts";
import { showBeginning, showGround } from "../../report/show-inspection.ts";
import { visible } from "../../report/visible.ts";
import { drawView } from "./draw-view.ts";
import { type LiveDisplay, liveDisplay } from "./live-display.ts";
import { progressLines } from "./progress-lines.ts";
import { type Plan, RunView } from "./run-view.ts";
import { tellProgress } from "./tell-progress.ts";

type Result = EventOf<"result">;

/** Tells a person, or a program, what a run does. */
export interface Teller {
  /** What was recorded before: it is not told again, but scores and times go on from there. */
  history(events: readonly RecordedEvent[]): void;
  /** What a new run understood of its task. */
  understood?: (seen: Beginning) => void;
  event(event: RecordedEvent): void;
  /** What has to be made first, and what becomes of an interrupt. */
  notice(line: string): void;
  result(result: Result): void;
  /** Makes room while a person is asked. */
  aside<Answer>(work: () => Promise<Answer>): Promise<Answer>;
  end(): void;
}

/** Standard output and standard error, by whole lines. */
type Voices = Record<"out" | "err", (line: string) => void>;

/** Only the result. */
export const quietTeller = ({ out }: Pick<Voices, "out">, runsFolder?: string): Teller => ({
  history: () => {},
  event: () => {},
  notice: () => {},
  result: (result) => out(resultText(result, runsFolder)),
  aside: (work) => work(),
  end: () => {},
});

/** Every event as a line of JSON; the result last and once, whatever else the run still says after it. */
export const jsonTeller = ({ out, err }: Voices): Teller => ({
  ...quietTeller({ out }),
  event: (event) => {
    if (event.type !== "result") out(JSON.stringify(event));
  },
  notice: err,
  result: (result) => out(JSON.stringify(result)),
});

/** A terminal for the live view. */
interface LiveScreen {
  stream: NodeJS.WriteStream;
  now: () => number;
}

/** Where runs are kept: time and room are counted by the run's own record. */
interface Runs {
  folder?: string;
  planOf: (runId: string) => Plan;
}

/** A line for each event worth one; in a terminal above a live view of all tracks, which is gone when the run ends, elsewhere with how far it is. */
export function lineTeller({ out, err }: Voices, screen: LiveScreen | null, runs: Runs): Teller {
  const view = new RunView();
  const progress = tellProgress(view);
  const linesOf = progressLines(view.ledger);
  let display: LiveDisplay | null = null;

  const take = (event: RecordedEvent): string[] => {
    if (event.type === "run") view.plan = runs.planOf(event.runId);
    view.follow(event);
    const isOwn = event.type === "ground" && event.sharedFrom === null;
    return isOwn ? showGround(event.ground) : linesOf(event);
  };

  return {
    ...quietTeller({ out }),
    history: (past) => past.forEach((event) => void take(event)),
    result: (result) => out(resultText(result, runs.folder, view.ledger.ground?.noun)),
    understood: (seen) => showBeginning(seen).forEach((line) => void out(line)),
    event: (event) => {
      const lines = take(event);
      if (screen !== null)
        display ??= liveDisplay(screen.stream, (size) => drawView(view, size, screen.now()));
      for (const line of lines) (display?.say ?? out)(line);
      if (screen === null && event.type === "script") progress().forEach((line) => void out(line));
    },
    notice: (line) => (display?.say ?? (screen === null ? err : out))(line),
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

function resultText(result: Result, runsFolder?: string, noun?: string): string {
  const { score, metric, measured, apart, seconds, solution, submission, runId, totals, cut } =
    result;
  return [
    "",
    `Done in ${formatSeconds(seconds)}: ${metric} ${resultInWords(result, noun)}`,
    ...(measured === null || measured.by === "validation"
      ? []
      : [`  chosen by   ${formatScore(score)} in validation`]),
    ...(apart === null ? [] : [`  train, test ${visible(apartInWords(apart))}`]),
    ...(cut === null
      ? []
      : [
          `  cut short   ${visible(cut.reason)}`,
          `  left undone ${visible(cut.undone.join("; "))}`,
          `  go on       ${command(`resume ${runId}`, runsFolder)}, with a higher cap`,
        ]),
    `  submission  ${submission}`,
    `  solution    ${solution}`,
    `  report      ${submission?.replace(/best[\\/]submission\.csv$/, "report.html")}`,
    ...spentLines(totals),
    `  look again  ${command(`show ${runId}`, runsFolder)}`,
    `  use it      ${command(`predict ${runId} NEW.csv -o OUT.csv`, runsFolder)}`,
  ].join("\n");
}
