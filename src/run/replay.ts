import { statSync } from "node:fs";
import { join } from "node:path";
import { searchWeb } from "../../tools/search-web/search-web.ts";
import { ModelUnavailableError, SettingsError } from "../core/errors.ts";
import type { Ask } from "../core/ports.ts";
import type { RecordedEvent } from "../record/event.ts";
import { readEvents } from "../record/event-log.ts";
import type { Journal } from "../record/journal.ts";

/** What models, the web and people answered; scripts run anew. Which of them were asked about hung on what came first. */
const isAnswer = (event: RecordedEvent): boolean =>
  ["call", "search", "page", "review"].includes(event.type) ||
  (event.type === "decision" && event.subject === "check");

/** What a run that is replayed was answered, by its scratchpad or its folder. */
export function recordingAt(path: string): RecordedEvent[] {
  const file = [path, join(path, "scratchpad.jsonl")].find((one) =>
    statSync(one, { throwIfNoEntry: false })?.isFile(),
  );
  if (file === undefined)
    throw new SettingsError(`--replay ${path}: it is neither a run's folder nor its scratchpad`);
  return readEvents(file).filter(isAnswer);
}

/** The model and the search behind a journal that has inherited the recording: what it does not answer is refused. */
export function replayed(recording: readonly RecordedEvent[], journal: Pick<Journal, "recorded">) {
  const refuse = async ({ agent, at }: Pick<Ask, "agent" | "at">) => {
    throw unanswered(`answer of the ${agent}`, at);
  };
  const once: Journal["once"] = async (type, effect) => {
    const known = journal.recorded(type, effect);
    if (known === null) throw unanswered(type, effect.at);
    return known;
  };
  const searches = recording.some(({ type }) => type === "search");
  return {
    model: { text: refuse, data: refuse },
    usageOf: () => null,
    // Whichever provider is named, none is asked.
    searchWeb: searches
      ? searchWeb({ journal: { once }, provider: "duckduckgo", environment: {} })
      : null,
  };
}

const unanswered = (what: string, at: string) =>
  new ModelUnavailableError(
    `The recording has no further ${what} at ${at}: the run took another course than the recorded one.`,
  );
