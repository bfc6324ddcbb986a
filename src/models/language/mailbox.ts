import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf, SettingsError } from "../../core/errors.ts";
import type { Price } from "../../core/model-choice.ts";
import { writeAtomically } from "../../record/write-atomically.ts";
import type { Chat, ChatRequest } from "./chat.ts";
import { jsonSchema } from "./json-form.ts";
import { MAILBOX_README, questionForPeople } from "./mailbox-words.ts";
import { estimatedUsage } from "./usage.ts";

/** The folder of `mailbox:DIR`; null where another model is named. */
export function mailboxFolder(spec: string): string | null {
  const [, folder] = /^mailbox(?::(.*))?$/s.exec(spec.trim()) ?? [null, null];
  if (folder === null) return null;
  if (!folder?.trim()) throw new SettingsError(`"${spec}" names no folder: write mailbox:DIR.`);
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() === false)
    throw new SettingsError(`"${spec}": ${folder} is a file; name a folder for the questions.`);
  return resolve(folder);
}

const LOOK_MILLISECONDS = 250;

/** Same run, place and parts: the same question, whatever else was shown beside it by the minute. */
function keyOf({ ask: { agent, at, parts }, messages }: ChatRequest, run: string): string {
  const known = JSON.stringify([run, agent, at, parts, messages.slice(1)]);
  return createHash("sha256").update(known).digest("hex");
}

/**
 * A model without an API: questions lie as files in `in/`, and whoever works there, a person or an agent of any kind, leaves
 * the answers in `out/`. Tokens are estimated. A question that nobody waits for any more is taken out of sight.
 */
export function mailboxChat(
  name: string,
  folder: string,
  {
    run,
    price,
    onNotice,
  }: { run: string; price: Price | null; onNotice: (sentence: string) => void },
): Chat {
  const [inbox, outbox] = [join(folder, "in"), join(folder, "out")];
  let numbers: Map<string, string> | null = null;

  const open = () => {
    for (const place of [inbox, outbox]) mkdirSync(place, { recursive: true });
    createNew(join(folder, "README.md"), MAILBOX_README);
    onNotice(
      `Questions wait in ${inbox}, answers are read from ${outbox}: ${join(folder, "README.md")} says how. Tokens are estimated from characters.`,
    );
    return numbersIn(inbox);
  };

  /** The number of the question: its own from before, or the next that no run has taken. */
  const numbered = (request: ChatRequest): string => {
    numbers ??= open();
    const key = keyOf(request, run);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const { ask, messages, schema } = request;
    const { agent, role, at } = ask;
    const form = schema && jsonSchema(schema);
    const sent = JSON.stringify({ key, run, agent, role, at, form, messages }, null, 1);
    for (let next = lastIn(inbox) + 1; ; next++) {
      const number = String(next).padStart(4, "0");
      if (!createNew(join(inbox, `${number}.json`), sent)) continue;
      numbers.set(key, number);
      return number;
    }
  };

  return async (request) => {
    const { signal } = request;
    signal.throwIfAborted();
    const number = numbered(request);
    const question = join(inbox, `${number}.md`);
    writeAtomically(question, questionForPeople(number, run, request));
    const text = await answerIn(join(outbox, `${number}.md`), signal).catch((error: unknown) => {
      rmSync(question, { force: true });
      throw error;
    });
    const usage = estimatedUsage(name, request, text, price);
    return { text, end: "complete", usage };
  };
}

/** Waits for an answer: one that says something, and is the same at two looks, so that none is read half-written. */
async function answerIn(path: string, signal: AbortSignal): Promise<string> {
  for (let before = ""; ; ) {
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return "";
      throw error;
    });
    if (text.trim() !== "" && text === before) return text;
    before = text;
    await sleep(LOOK_MILLISECONDS, undefined, { signal }).catch(() => {});
    signal.throwIfAborted();
  }
}

/** Writes a file that was not there; false when it was. */
function createNew(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

const asked = (inbox: string) => readdirSync(inbox).filter((file) => /^\d+\.json$/.test(file));

const lastIn = (inbox: string) =>
  Math.max(0, ...asked(inbox).map((file) => Number.parseInt(file, 10)));

/** The numbers of the questions that were asked before, by their keys; another run may be at writing one. */
function numbersIn(inbox: string): Map<string, string> {
  const entries = asked(inbox).flatMap((file) => {
    const [, key] = /^\{\s*"key": "(\w+)"/.exec(readFileSync(join(inbox, file), "utf8")) ?? [];
    return key === undefined ? [] : [[key, file.replace(".json", "")] as const];
  });
  return new Map(entries);
}
