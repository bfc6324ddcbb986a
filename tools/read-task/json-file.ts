import { z } from "zod";
import { SettingsError } from "../../src/core/errors.ts";
import type { CsvFile } from "./csv-file.ts";
import { skimOf } from "./split-records.ts";

/** A record longer than this is no record of a table. */
const MOST_CHARACTERS = 64 * 1024 * 1024;
const BATCH = 500;
const [QUOTE, ESCAPE, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN, CLOSE, LIST, END] = [123, 125, 91, 93];

/** Opens records in JSON, an array of objects or one object per line, as a table with a column per field. */
export async function openJson(name: string, texts: () => AsyncIterable<string>): Promise<CsvFile> {
  const columns = new Set<string>();
  let isList = false;
  for await (const { text, inList } of recordsIn(name, texts())) {
    for (const [field] of fieldsOf(name, text)) columns.add(field);
    isList = inList;
  }
  if (columns.size === 0)
    throw new SettingsError(`${name} holds no records; it must be an array of JSON objects`);
  const places = [...columns];
  async function* written(): AsyncGenerator<string[][]> {
    let rows: string[][] = [];
    for await (const { text } of recordsIn(name, texts())) {
      const fields = fieldsOf(name, text);
      rows.push(places.map((column) => fields.get(column) ?? ""));
      if (rows.length < BATCH) continue;
      yield rows;
      rows = [];
    }
    yield rows;
  }
  async function* batches(): AsyncGenerator<string[][]> {
    for await (const rows of written()) yield rows.map((row) => row.map(said));
  }
  return {
    ...{ name, delimiter: isList ? "" : "\n", columns: places },
    json: { isList, written },
    ...{ batches, skim: skimOf(places, batches) },
  };
}

/** What a value in JSON says, as pandas would write it in a table. */
export function said(value: string): string {
  if (value.startsWith('"')) return fieldIn("a value of the task's records", value);
  if (value === "true" || value === "false") return value === "true" ? "True" : "False";
  return value === "null" ? "" : value;
}

/** The texts of the objects on top, or in the array on top. */
async function* recordsIn(
  name: string,
  texts: AsyncIterable<string>,
): AsyncGenerator<{ text: string; inList: boolean }> {
  let [depth, isQuoted, isEscaped, inList] = [0, false, false, false];
  let [rest, read, start] = ["", 0, -1];
  for await (const text of texts) {
    rest += text;
    for (; read < rest.length; read += 1) {
      const code = rest.charCodeAt(read);
      if (isEscaped) isEscaped = false;
      else if (isQuoted) {
        if (code === ESCAPE) isEscaped = true;
        else if (code === QUOTE) isQuoted = false;
      } else if (code === QUOTE) isQuoted = true;
      else if (code === OPEN || code === LIST) {
        if (depth === 0 && code === LIST) inList = true;
        if (depth === Number(inList) && code === OPEN) start = read;
        depth += 1;
      } else if (code === CLOSE || code === END) {
        depth -= 1;
        if (start === -1 || depth !== Number(inList)) continue;
        yield { text: Buffer.from(rest.slice(start, read + 1)).toString(), inList };
        start = -1;
      }
    }
    rest = start === -1 ? "" : rest.slice(start);
    [read, start] = [rest.length, start === -1 ? -1 : 0];
    if (rest.length > MOST_CHARACTERS)
      throw new SettingsError(`${name} holds no records but a value without end; correct the file`);
  }
  if (depth !== 0) throw new SettingsError(`${name} ends within a record; correct the file`);
}

/** The fields of an object with their values as they are written. */
function fieldsOf(name: string, record: string): Map<string, string> {
  const fields = new Map<string, string>();
  let [depth, isQuoted, start, colon] = [0, false, 1, -1];
  for (let at = 1; at < record.length; at += 1) {
    const code = record.charCodeAt(at);
    if (isQuoted) {
      if (code === ESCAPE) at += 1;
      else if (code === QUOTE) isQuoted = false;
    } else if (code === QUOTE) isQuoted = true;
    else if (code === OPEN || code === LIST) depth += 1;
    else if (depth > 0 && (code === CLOSE || code === END)) depth -= 1;
    else if (depth === 0 && code === COLON && colon === -1) colon = at;
    else if (depth === 0 && (code === COMMA || code === CLOSE)) {
      if (colon !== -1)
        fields.set(fieldIn(name, record.slice(start, colon)), record.slice(colon + 1, at).trim());
      else if (record.slice(start, at).trim() !== "") throw invalid(name);
      [start, colon] = [at + 1, -1];
    }
  }
  return fields;
}

const invalid = (name: string, cause?: unknown) =>
  new SettingsError(`${name} is not valid JSON; correct the file`, { cause });

function fieldIn(name: string, text: string): string {
  try {
    return z.string().parse(JSON.parse(text));
  } catch (cause) {
    throw invalid(name, cause);
  }
}
