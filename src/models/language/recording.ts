import { createHash } from "node:crypto";
import { z } from "zod";
import { ModelUnavailableError, SettingsError } from "../../core/errors.ts";
import type { SearchWeb } from "../../core/ports.ts";
import { Usage } from "../../core/run-event.ts";
import { WebPage } from "../../core/web-page.ts";
import { withoutRemaining } from "../with-remaining.ts";
import type { Chat, ChatRequest } from "./chat.ts";
import { type LanguageModel, languageModelOn } from "./language-model.ts";
import type { Environment } from "./providers.ts";

/** One line of a recording: what a provider answered, or what a search found. */
const Entry = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("chat"),
    agent: z.string(),
    at: z.string(),
    /** Digest of the messages: tells calls of one place apart. */
    asked: z.string(),
    text: z.string(),
    end: z.enum(["complete", "length", "refused"]),
    usage: Usage,
  }),
  z.object({
    type: z.literal("search"),
    query: z.string(),
    pages: z.array(WebPage),
  }),
]);
type Entry = z.infer<typeof Entry>;

const digest = ({ messages }: ChatRequest): string => {
  const lasting = messages.map(({ role, text }) => ({ role, text: withoutRemaining(text) }));
  return createHash("sha256").update(JSON.stringify(lasting)).digest("hex").slice(0, 16);
};

/** The values of an environment that must not be written anywhere. */
export const secretsOf = (environment: Environment): string[] =>
  Object.entries(environment)
    .filter(([name]) => /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL/i.test(name))
    .flatMap(([, value = ""]) => (value.length >= 6 ? [value] : []));

/** Writes every answer and every search as one line, without the secrets. */
export function recorder(append: (line: string) => void, secrets: readonly string[]) {
  const write = (entry: Entry) =>
    append(secrets.reduce((line, secret) => line.replaceAll(secret, "***"), JSON.stringify(entry)));
  return {
    chat:
      (chat: Chat): Chat =>
      async (request) => {
        const reply = await chat(request);
        const { agent, at } = request;
        write({ type: "chat", agent, at, asked: digest(request), ...reply });
        return reply;
      },
    search:
      (searchWeb: SearchWeb): SearchWeb =>
      async (query, options) => {
        const pages = await searchWeb(query, options);
        write({ type: "search", query, pages });
        return pages;
      },
  };
}

function read(recording: string): Entry[] {
  return recording.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [Entry.parse(JSON.parse(line))];
    } catch (cause) {
      throw new SettingsError(`Line ${index + 1} of the recording cannot be read.`, { cause });
    }
  });
}

/**
 * A recording as model and search, without any provider. A call is answered by the record of the same question at the same
 * place, else by the next one of that agent there, since times and seconds in a prompt differ from run to run.
 */
export function replay(recording: string): { model: LanguageModel; searchWeb: SearchWeb | null } {
  const left = read(recording);
  const searched = left.some(({ type }) => type === "search");

  function take<Kind extends Entry["type"]>(
    type: Kind,
    ...tests: ((entry: Extract<Entry, { type: Kind }>) => boolean)[]
  ): Extract<Entry, { type: Kind }> | null {
    const ofKind = left.filter(
      (entry): entry is Extract<Entry, { type: Kind }> => entry.type === type,
    );
    const found = tests.map((test) => ofKind.find(test)).find((entry) => entry !== undefined);
    if (found === undefined) return null;
    left.splice(left.indexOf(found), 1);
    return found;
  }

  const chat: Chat = async (request) => {
    const { agent, at } = request;
    const asked = digest(request);
    const entry = take(
      "chat",
      (one) => one.agent === agent && one.at === at && one.asked === asked,
      (one) => one.agent === agent && one.at === at,
    );
    if (entry === null)
      throw new ModelUnavailableError(
        `The recording has no further answer of the ${agent} at ${at}: the run took another course than the recorded one.`,
      );
    return entry;
  };
  const searchWeb: SearchWeb = async (query) => {
    const entry = take("search", (one) => one.query === query);
    if (entry === null)
      throw new ModelUnavailableError(`The recording has no search for "${query}".`);
    return entry.pages;
  };
  return { model: languageModelOn(() => chat), searchWeb: searched ? searchWeb : null };
}
