import { accessSync, appendFileSync, constants, existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { defaultSearch } from "../tools/search-web/search-providers.ts";
import { searchWeb } from "../tools/search-web/search-web.ts";
import { completeTask } from "./core/complete-task.ts";
import { SettingsError } from "./core/errors.ts";
import { isBuiltIn, type ModelChoice } from "./core/model-choice.ts";
import type { Ask, Model, SearchWeb } from "./core/ports.ts";
import type { Usage } from "./core/run-event.ts";
import type { TaskDraft } from "./core/task.ts";
import { languageModel } from "./models/language/configured-model.ts";
import type { LanguageModel } from "./models/language/language-model.ts";
import type { Patience } from "./models/language/patience.ts";
import { defaultModel } from "./models/language/providers.ts";
import { recorder, replay, secretsOf } from "./models/language/recording.ts";
import { offlineModel } from "./models/offline/offline-model.ts";
import { refuseTask } from "./models/offline/refuse-task.ts";
import { withCatalogue } from "./models/with-catalogue.ts";
import { withRemaining } from "./models/with-remaining.ts";

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
  if (choice.record !== null || Object.keys(choice.modelFor).length > 0 || choice.search !== null)
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

/** Refuses a recording that would overwrite a file, or could not be written. */
export function checkRecording({ record }: Pick<ModelChoice, "record">): void {
  if (record === null) return;
  if (existsSync(record))
    throw new SettingsError(`--record ${record}: there is such a file; name a new one`);
  try {
    accessSync(dirname(record), constants.W_OK);
  } catch (cause) {
    throw new SettingsError(`--record ${record}: its folder cannot be written`, { cause });
  }
}

interface ChosenFor {
  /** Told what a user should know of the model and the search. */
  onNotice?: (sentence: string) => void;
  /** What is left of the run, for the end of each question; null where nothing is limited. */
  remaining?: () => string | null;
  patience?: Partial<Patience>;
}

/** The model and the search that a run's record names. */
export function chooseModel(
  choice: ModelChoice,
  environment: NodeJS.ProcessEnv,
  { onNotice = () => {}, remaining = () => null, patience = {} }: ChosenFor,
): ChosenModel {
  const asked = (language: LanguageModel) => {
    const told = withRemaining(language, remaining);
    return { model: catalogued(told, onNotice), usageOf: told.usageOf };
  };
  if (choice.replay !== null) {
    const { model, searchWeb } = replay(readFile(choice.replay));
    return { ...asked(model), searchWeb };
  }
  if (isBuiltIn(choice)) {
    const other = defaultModel(environment);
    if (other !== null)
      onNotice(
        `The built-in engineer works, although a key is set: --model ${other} would use it.`,
      );
    return { model: offlineModel(), usageOf: () => null, searchWeb: null };
  }
  const { model: spec, modelFor: specFor, baseUrl, temperatures, prices, privatePages } = choice;
  const record = recording(choice.record, environment);
  const language = languageModel({
    spec,
    specFor,
    environment,
    temperatures,
    prices,
    patience,
    onNotice,
    around: record.chat,
    ...(baseUrl && { baseUrl }),
  });
  const provider = choice.search ?? defaultSearch(environment);
  const search = searchWeb({
    provider,
    environment,
    allowPrivate: privatePages,
    onProblem: onNotice,
  });
  return {
    ...asked(language),
    searchWeb: provider === "none" ? null : record.search(search),
  };
}

function recording(file: string | null, environment: NodeJS.ProcessEnv) {
  if (file === null) return { chat: <T>(chat: T) => chat, search: <T>(search: T) => search };
  return recorder((line) => appendFileSync(file, `${line}\n`), secretsOf(environment));
}

const catalogued = (model: Model, onNotice: (sentence: string) => void): Model =>
  withCatalogue(model, offlineModel(), () =>
    onNotice("No page was found for the retriever: models come from the built-in catalogue."),
  );

function readFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new SettingsError(`--replay ${file}: it cannot be read`, { cause });
  }
}

const missing = ({ metric, direction, modality }: TaskDraft) =>
  Object.entries({ metric, direction, modality })
    .flatMap(([field, value]) => (value === null ? [`"${field}:"`] : []))
    .join(" and ");
