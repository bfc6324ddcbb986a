// The graphs, whose agents enter themselves in the roster.
import "./graphs-by-name.ts";
import { roster } from "../../agents/define-agent.ts";
import { defaultSearch } from "../../tools/search-web/providers.ts";
import { searchWeb } from "../../tools/search-web/search-web.ts";
import { completeTask } from "../core/complete-task.ts";
import { SettingsError } from "../core/errors.ts";
import { isBuiltIn, type ModelChoice } from "../core/model-choice.ts";
import type { Ask, Model, SearchWeb } from "../core/ports.ts";
import type { TaskDraft } from "../core/task.ts";
import type { Usage } from "../core/usage.ts";
import { offlineModel } from "../models/engineer/offline-model.ts";
import { refuseTask } from "../models/engineer/refuse-task.ts";
import { languageModel } from "../models/language/configured-model.ts";
import { defaultModel } from "../models/language/providers.ts";
import type { Patience } from "../models/language/robust-chat.ts";
import { checkSpecFor } from "../models/language/roles.ts";
import { memoryLog } from "../record/event-log.ts";
import { type Journal, journalOf } from "../record/journal.ts";
import { recordingAt, replayed } from "./replay.ts";

export interface ChosenModel {
  model: Model;
  /** What the call cost, as far as the provider said; null for the built-in engineer. */
  usageOf: (ask: Ask) => Usage | null;
  searchWeb: SearchWeb | null;
}

/** Refuses, before a run begins, a model or a search that cannot be used, and a task the built-in engineer cannot do. */
export function checkModel(
  choice: ModelChoice,
  draft: TaskDraft,
  environment: NodeJS.ProcessEnv,
): void {
  if (!isBuiltIn(choice)) {
    chooseModel(choice, environment, {});
    return;
  }
  if (Object.keys(choice.modelFor).length > 0 || choice.search !== null)
    throw new SettingsError(
      "the built-in engineer asks no language model and searches nothing: name a model with --model provider:name",
    );
  if (completeTask(draft) === null)
    throw new SettingsError(
      `${draft.name}: ${missing(draft)} cannot be read from its description; add ${missing(draft)} to task.yaml, or let a language model tell it with --model provider:name`,
    );
  const refusal = refuseTask(draft);
  if (refusal !== null) throw new SettingsError(`${draft.name}: ${refusal}`);
}

interface ChosenFor {
  /** The run's id. */
  run?: string;
  /** Keeps what was searched and read. */
  journal?: Pick<Journal, "once" | "recorded">;
  /** Told what a user should know of the model and the search. */
  onNotice?: (sentence: string) => void;
  /** What is left of the run, for the end of each question; null where nothing is limited. */
  remaining?: () => string | null;
  /** What is left of the run's time for a call of this agent. */
  secondsLeft?: (agent: string) => number;
  patience?: Partial<Patience>;
}

/** The model and the search that a run's record names. */
export function chooseModel(
  choice: ModelChoice,
  environment: NodeJS.ProcessEnv,
  {
    run = "none",
    journal = journalOf(memoryLog()),
    onNotice = () => {},
    remaining = () => null,
    secondsLeft = () => Number.POSITIVE_INFINITY,
    patience = {},
  }: ChosenFor,
): ChosenModel {
  if (choice.replay !== null) return replayed(recordingAt(choice.replay), journal);
  if (isBuiltIn(choice)) {
    const other = defaultModel(environment);
    if (other !== null)
      onNotice(
        `The built-in engineer works, although a key is set: --model ${other} would use it.`,
      );
    return { model: offlineModel(), usageOf: () => null, searchWeb: null };
  }
  checkSpecFor(choice.modelFor, roster.keys());
  const model = languageModel(choice, environment, {
    ...{ run, patience, remaining, secondsLeft, onNotice },
  });
  const provider = choice.search ?? defaultSearch(environment);
  const search = searchWeb({
    journal,
    provider,
    environment,
    allowPrivate: choice.privatePages,
    onProblem: onNotice,
  });
  return {
    model,
    usageOf: model.usageOf,
    searchWeb: provider === "none" ? null : search,
  };
}

const missing = ({ metric, direction, modality }: TaskDraft) =>
  Object.entries({ metric, direction, modality })
    .flatMap(([field, value]) => (value === null ? [`"${field}:"`] : []))
    .join(" and ");
