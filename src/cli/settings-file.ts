import { Command } from "commander";
import { SettingsError } from "../core/errors.ts";
import { keyVariableOf } from "../models/language/providers.ts";
import { ByName, flagsOf, together } from "./flag.ts";
import { readFlagFile } from "./flag-file.ts";
import { addRunFlags } from "./flags.ts";

/** The flags that a file may give, by name; those of one run alone are not among them. */
const IN_FILE = new Map(
  flagsOf(addRunFlags(new Command())).map((flag) => [flag.called, flag] as const),
);

/** Gives the command `--settings`: a file in YAML with flags by their names; a flag that was given wins over it. */
export const addSettingsFile = (command: Command): Command =>
  command
    .option("--settings <file>", "YAML with any of these flags, by their names without the dashes")
    .hook("preAction", async (_, action) => {
      const { settings }: { settings?: string } = action.opts();
      if (settings === undefined) return;
      for (const [name, value] of await readSettings(settings)) {
        const isGiven = action.getOptionValueSource(name) === "cli";
        const both = isGiven ? together(value, action.getOptionValue(name)) : value;
        action.setOptionValueWithSource(name, both, "config");
      }
    });

/** What a file gives, by the names that commander has for flags; throws a SettingsError that says what is wrong with it. */
export async function readSettings(file: string): Promise<[string, unknown][]> {
  // Loaded only here: most commands read no such file.
  const { parseDocument } = await import("yaml");
  return readFlagFile("--settings", file, (text) => {
    const document = parseDocument(text);
    const [reason] = document.errors[0]?.message.split("\n") ?? [];
    if (reason !== undefined)
      throw new SettingsError(`it is no YAML (${reason.replace(/:$/, "")}); correct it`);
    const { data } = ByName.safeParse(document.toJS() ?? {});
    if (data === undefined)
      throw new SettingsError('it is to hold settings such as "model: openai:gpt-5-mini"');
    refuseKeys(data);
    return Object.entries(data).map(([name, value]) => {
      const flag = IN_FILE.get(name);
      if (flag !== undefined) return [flag.attributeName(), flag.read(value, (at) => `"${at}"`)];
      const names = [...IN_FILE.keys()].toSorted().join(", ");
      throw new SettingsError(`there is no setting "${name}"; there are ${names}`);
    });
  });
}

const KEY = /key|secret|password|credential|(?:^|[-_])token$/i;
const LOOKS_LIKE_A_KEY = /^(?:sk-|AIza|tvly-)|:\/\/[^/@:]*:[^/@]+@/;

/** A key that was written into the file after all is told the variable it belongs in. */
function refuseKeys({ prices, ...data }: Record<string, unknown>): void {
  const inside = Object.values(data).map((value) => (value instanceof Object ? value : {}));
  const entries = [data, ...inside].flatMap((one) => Object.entries(one));
  const [name] =
    entries.find(([name, value]) => KEY.test(name) || LOOKS_LIKE_A_KEY.test(String(value))) ?? [];
  if (name === undefined) return;
  const upper = name.replaceAll(/[^a-z0-9]+/gi, "_").toUpperCase();
  const isVariable = /^[A-Z0-9]+_[A-Z_]*KEY$/.test(upper) && upper !== "API_KEY";
  const usual = name === "checkpoints" ? "PGPASSWORD" : keyVariableOf(String(data["model"]));
  throw new SettingsError(
    `"${name}" holds a key, and keys do not belong in a file: set ${isVariable ? upper : usual} in the environment`,
  );
}
