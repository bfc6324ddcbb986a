import type { Settings } from "../../core/settings.ts";
import type { Task } from "../../core/task.ts";
import { tellingColumns } from "./catalogue/catalogue-model.ts";
import { factsOf } from "./recipe/facts.ts";

const BETTER = {
  image:
    "The built-in engineer describes pictures by edges and colours. With a language model (--model provider:name) and trained networks (mle-star setup --with deep) much more is usually possible.",
  audio:
    "The built-in engineer describes sounds by their spectra. With a language model (--model provider:name) and trained networks (mle-star setup --with audio,deep) much more is usually possible.",
  text: "The built-in engineer reads words and characters. With a language model (--model provider:name) and trained networks (mle-star setup --with text) texts are usually read better.",
};

/** What a user of the built-in engineer should know before a run: what more there is to be had, and what gives way. */
export function noticesOf(task: Task, settings: Settings): string[] {
  const { modality } = task;
  const around = { at: "task", ground: null, findings: null, notebook: null };
  const workbench = { pythonVersion: "", packages: [], cpus: 1, memoryMb: 0, gpu: null };
  const most = tellingColumns(factsOf({ ...around, task, settings, workbench }));
  return [
    ...(settings.instructions === ""
      ? []
      : [
          "The built-in engineer does not read instructions: only a language model follows them (--model provider:name).",
        ]),
    ...(modality === "image" || modality === "audio" || modality === "text"
      ? [BETTER[modality]]
      : []),
    ...(most === null
      ? []
      : [
          `With so many columns and rows, trees are given the ${most} columns that tell most by themselves; linear models have all. More time per script (--script-seconds) gives them more.`,
        ]),
  ];
}
