import { z } from "zod";
import { SCORE_MARKER } from "../score.ts";
import type { Share } from "../settings.ts";

/** Words that tell nothing of the data: those of errors in Python, and of what the program itself says of a script. */
const PLAIN_WORDS = `
  a after all an and any are argument array as at attribute be been before but by bytes call called can cannot class code column columns
  contains convert could did do does dtype each empty ended error exit expected failed file fit float float32 float64 fold folds for form found
  from got had has have holds in index infinity input int int64 invalid is it its json killed last least left length limit line lines list
  match memory missing module more must name named nan no none not number numeric object of on only or out parameter point positional
  performance print printed prints range row rows s same sample samples score script seconds shape should sized size stopped str string
  submission that the there this time to too train traceback train test tuple type types unexpected unit unknown unsupported validation value
  values was were when where which while with without wrong wrote final most recent
`;
const RESULT = new RegExp(`^(?:.*${SCORE_MARKER}|Fold scores:|Ablation\\[)[^\\n]*$`, "gm");
const WITHHELD = "[withheld: it may hold values of the data]";

/**
 * What an agent's question is made from, without what it may not tell of the data. It goes by the names of fields, wherever they
 * stand, so that this is the one place where data are kept from providers; the original is left as it is.
 */
export function shared<State extends object>(state: State, share: Share): State {
  if (share === "all") return state;
  const copy = structuredClone(state);
  const known = new Set([...PLAIN_WORDS.trim().split(/\s+/), ...wordsOf(copy)]);
  const printed = (text: string) =>
    [...text.matchAll(RESULT)].map(([line]) => line).join("\n") || WITHHELD;
  const masked = (text: string) => mask(text, known);
  const rules: Record<string, (value: string) => unknown> = {
    ...{ stdout: printed, output: printed, stderr: masked, problem: masked },
    ...{ findings: () => null, worst: () => null },
  };
  withhold(copy, rules, share === "schema");
  return copy;
}

function withhold(part: object, rules: Record<string, (value: string) => unknown>, bare: boolean) {
  for (const [name, value] of Object.entries(part)) {
    const rule = rules[name];
    if (typeof value === "string" && value !== "" && rule !== undefined)
      Reflect.set(part, name, rule(value));
    else if (bare && name === "profile") Reflect.set(part, name, formOf(part, String(value)));
    else if (typeof value === "object" && value !== null) withhold(value, rules, bare);
  }
}

const Tables = z.object({
  train: z.unknown(),
  test: z.unknown(),
  otherTables: z.array(z.unknown()),
});
const Columns = z.object({
  path: z.string(),
  rows: z.number(),
  columns: z.array(
    z.object({ name: z.string(), kind: z.string(), missing: z.number(), distinct: z.number() }),
  ),
});

/** The files as the profile lists them, then tables and their columns by name, type and count. */
function formOf(task: object, profile: string): string {
  const [files = ""] = profile.startsWith("Files in") ? profile.split("\n\n") : [];
  const { train, test, otherTables } = Tables.parse(task);
  const tables = [train, test, ...otherTables].flatMap((one) => Columns.safeParse(one).data ?? []);
  const described = tables.map(({ path, rows, columns }) =>
    [
      `${path}: ${rows} rows, ${columns.length} columns`,
      ...columns.map(
        ({ name, kind, missing, distinct }) =>
          `- ${name}: ${kind}, ${missing} missing, ${distinct} distinct`,
      ),
    ].join("\n"),
  );
  return [files, ...described].filter(Boolean).join("\n\n");
}

/** The words of scripts, which were written without what is withheld, and the names of columns. */
function wordsOf(part: object): string[] {
  return Object.entries(part).flatMap(([name, value]) => {
    if (typeof value === "string")
      return name === "script" || name === "name" || name === "metric" ? value.split(WORD_END) : [];
    return typeof value === "object" && value !== null ? wordsOf(value) : [];
  });
}

const WORD_END = /[^\p{L}\p{N}_]+/u;

/** The text with every word left out that is not known, but for names of errors and numbers of lines and seconds. */
const mask = (text: string, known: ReadonlySet<string>): string =>
  text.replaceAll(
    /(?<![\p{L}\p{N}_])(?<!\b(?:line|code|after) (?:\d+\.)?)[\p{L}\p{N}_]+/gu,
    (word) =>
      known.has(word) ||
      known.has(word.toLowerCase()) ||
      /^\w*(?:Error|Warning|Exception)$/.test(word)
        ? word
        : "…",
  );
