import type { z } from "zod";
import { Caps } from "../../core/caps.ts";
import { ModelChoice } from "../../core/model-choice.ts";
import { ScriptPolicy } from "../../core/script-policy.ts";
import { Settings } from "../../core/settings.ts";
import { command, quoted } from "../../core/words/command.ts";
import { flagName } from "../../core/words/flag-name.ts";
import type { RunRecord } from "../../record/run-record.ts";

/** How models are asked, without the files that a run was given. */
const Choice = ModelChoice.omit({ model: true, prices: true, replay: true });

/** The command line that runs the same task again with the same choices: only what differs from the paper's is told. */
export const repeatCommand = ({ task, model, python, ...record }: RunRecord): string =>
  [
    ...[command("run"), quoted(task.folder), `--model ${quoted(model)}`, "--preset paper"],
    ...flags(Settings, record.settings),
    ...flags(Caps, record.caps),
    ...flags(Choice, record.choice),
    ...flags(ScriptPolicy, record.scriptPolicy),
    ...(python === null ? [] : [`--python ${quoted(python)}`]),
  ].join(" ");

const TIMES = ["time", "max-script-time", "max-silence"];

const flags = (whole: { shape: Record<string, z.ZodType> }, values: Record<string, unknown>) =>
  Object.entries(whole.shape).flatMap(([field, schema]) => {
    const value = values[field];
    if (JSON.stringify(value) === JSON.stringify(schema.parse(undefined))) return [];
    const name = flagName(field, schema);
    const flag = `--${name}`;
    if (typeof value === "boolean") return [flag];
    const isOne = !(value instanceof Object) || Array.isArray(value);
    // A time without its unit is refused.
    const unit = TIMES.includes(name) ? "s" : "";
    const words = isOne ? [`${value}${unit}`] : Object.entries(value).map((pair) => pair.join("="));
    return words.map((word) => `${flag} ${quoted(word)}`);
  });
