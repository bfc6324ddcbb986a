import { type Command, Option } from "commander";
import { z } from "zod";
import { SettingsError } from "../core/errors.ts";
import { flagName } from "../core/words/flag-name.ts";
import { READERS } from "./readers.ts";

type Told = readonly [value: string, words: string];

/** For fields of a part of what a run is asked for: what stands for the value of its flag, if it has one, and what its help says. */
export type Words<Whole> = { readonly [Field in keyof Whole]?: Told };

/** A flag of the command line that gives a field. */
export class Flag extends Option {
  readonly field: string;
  readonly whole: z.ZodType;
  readonly #schema: z.ZodType;

  constructor(whole: z.ZodType, field: string, schema: z.ZodType, [value, words]: Told) {
    super(`--${flagName(field, schema)} ${value}`.trim(), words);
    this.field = field;
    this.whole = whole;
    this.#schema = schema;
    if (this.required)
      this.argParser((text, before) =>
        together(
          before,
          this.read(text, (at) => `--${at}`),
        ),
      );
  }

  /** Its name in a settings file: without the `no-` of one that switches off. */
  get called(): string {
    return this.name().replace(/^no-/, "");
  }

  /** Its values, where there are but some. */
  get possible(): string[] {
    let schema: unknown = this.#schema;
    while (
      schema instanceof z.ZodDefault ||
      schema instanceof z.ZodOptional ||
      schema instanceof z.ZodNullable
    )
      schema = schema.unwrap();
    return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
  }

  /** What a text of the command line or a value of a settings file gives; refused in a sentence that says where it is wrong. */
  read(given: unknown, quoted: (at: string) => string): unknown {
    // What stands for the value in the help tells how a text is read.
    const reader = READERS[/<(.+)>/.exec(this.flags)?.[1] ?? ""];
    const text = typeof given === "number" && reader?.isText ? String(given) : given;
    const value = typeof text === "string" && reader ? reader.read(text) : text;
    const { data, error } = this.#schema.safeParse(value);
    if (error === undefined) return data;
    const { path, message } = error.issues[0] ?? { path: [], message: "" };
    const told = path.length === 0 ? reader?.wanted : undefined;
    const wanted = typeof told === "function" ? told(String(text)) : told;
    throw new SettingsError(
      `${quoted([this.called, ...path].join("."))}: ${wanted ?? message.replace(/^Invalid (?:input|option): /, "")}`,
    );
  }
}

/** The flags that a command takes. */
export const flagsOf = ({ options }: Command): Flag[] =>
  options.filter((option) => option instanceof Flag);

/** Gives the command flags for fields of that part; one that is not shown is taken, so that it can be refused with a reason. */
export function addFlags<Whole>(
  command: Command,
  whole: z.ZodType<Whole> & { shape: Record<string, z.ZodType> },
  words: Words<Whole>,
  shown?: readonly string[],
): Command {
  for (const [field, told] of Object.entries<Told | undefined>(words)) {
    const schema = whole.shape[field];
    if (schema === undefined || told === undefined) continue;
    const isHidden = shown?.includes(field) === false;
    command.addOption(new Flag(whole, field, schema, told).hideHelp(isHidden));
  }
  return command;
}

/** The part as a command line, or its settings file, asks for it; what they leave open is as always. */
export const asked = <Whole>(whole: z.ZodType<Whole>, command: Command): Whole =>
  whole.parse(valuesOf(whole, command));

/** Only the fields that they do give. */
export function given<Whole>(whole: z.ZodType<Whole>, command: Command): Partial<Whole> {
  const [all, values] = [asked(whole, command), valuesOf(whole, command)];
  const fields: Partial<Whole> = {};
  for (const field in all) if (values[field] !== undefined) fields[field] = all[field];
  return fields;
}

/** By field; commander's own default is no wish. */
function valuesOf(whole: z.ZodType, command: Command): Record<string, unknown> {
  const wishes = flagsOf(command).filter(
    (flag) =>
      flag.whole === whole && command.getOptionValueSource(flag.attributeName()) !== "default",
  );
  const read = (flag: Flag): unknown => command.getOptionValue(flag.attributeName());
  return Object.fromEntries(wishes.map((flag) => [flag.field, read(flag)]));
}

/** What is given by names. */
export const ByName = z.record(z.string(), z.unknown());

/** What was given before with what is given now: choices by name add up, of anything else the last counts. */
export function together(before: unknown, now: unknown): unknown {
  const [old, more] = [ByName.safeParse(before), ByName.safeParse(now)];
  return old.success && more.success ? { ...old.data, ...more.data } : now;
}
