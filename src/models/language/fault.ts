import { z } from "zod";
import { type Endpoint, nameOf, withoutKey } from "./providers.ts";

/** What went wrong with a request. Only `busy` and `broken` pass by themselves. */
type FaultKind = "key" | "quota" | "unknown-model" | "too-long" | "request" | "busy" | "broken";

export interface Fault {
  kind: FaultKind;
  /** One sentence a user can act on. */
  sentence: string;
  /** How long the provider asked to wait. */
  waitSeconds: number | null;
  /** The provider's own words, in short. */
  detail: string;
}

const Failure = z.object({
  status: z.number().optional().catch(undefined),
  code: z.string().catch(""),
  message: z.string().catch(""),
  headers: z.instanceof(Headers).optional().catch(undefined),
  cause: z.unknown().optional(),
  /** Of an AggregateError: one for each address that was tried. */
  errors: z.array(z.unknown()).catch([]),
});

/** How much is read of what a server says of a failure. */
const MOST_CHARACTERS = 20_000;
const MOST_CAUSES = 16;

/** The code of the system call that failed, wherever libraries wrapped it. */
function systemCode(error: unknown, deep = 0): string {
  const { data } = Failure.safeParse(error);
  if (data === undefined || /^[A-Z_]+$/.test(data.code)) return data?.code ?? "";
  return deep === MOST_CAUSES ? "" : systemCode(data.cause ?? data.errors[0], deep + 1);
}

const TOO_LONG =
  /context.?length|context window|maximum context|too many tokens|token count.{0,80}exceeds|input tokens exceed/i;
const SPENT = /insufficient_quota|billing|credit balance|payment|PerDay/i;
const KEY = /api.?key|unauthenticated|permission.?denied|unauthorized/i;

/** By the HTTP status and the words: providers agree on neither. */
function kindOf(status: number | undefined, words: string): FaultKind {
  if (TOO_LONG.test(words)) return "too-long";
  if (status === undefined || status < 400 || status >= 500) return "broken";
  if (status === 401 || status === 403) return "key";
  if (status === 402) return "quota";
  if (status === 404) return "unknown-model";
  if (status === 429) return SPENT.test(words) && !/retry in/i.test(words) ? "quota" : "busy";
  if ([408, 409, 425].includes(status)) return "broken";
  return KEY.test(words) && /invalid|not valid|missing|expired/i.test(words) ? "key" : "request";
}

const SENTENCES: Record<FaultKind, (endpoint: Endpoint) => string> = {
  key: ({ keyVariable, baseUrl }) =>
    `the key was refused by ${new URL(baseUrl).host}: check ${keyVariable}`,
  quota: ({ baseUrl }) =>
    `the quota or the credit of this key is used up: look at the account at ${new URL(baseUrl).host}`,
  "unknown-model": ({ model, baseUrl }) =>
    `there is no model "${model}" at ${baseUrl}: check its name and the address`,
  "too-long": () =>
    "the prompt is longer than this model's context: choose a model with a larger one",
  request: () => "the provider refused the request",
  busy: () => "the provider asks for fewer requests: wait, or lower --max-calls-at-once",
  broken: ({ baseUrl }) => `${new URL(baseUrl).host} cannot be reached or does not answer properly`,
};

/** Sorts an error of a provider's library into what it means for the caller. */
export function faultOf(error: unknown, endpoint: Endpoint): Fault {
  const { success, data } = Failure.safeParse(error);
  const message = (success ? data.message : String(error)).slice(0, MOST_CHARACTERS);
  const kind = kindOf(data?.status, `${data?.code} ${message}`);
  const status = data?.status ?? systemCode(error);
  const detail = `${status} ${message.replaceAll(/\s+/g, " ").slice(0, 300)}`.trim();
  return {
    kind,
    detail: withoutKey(detail, endpoint),
    sentence: `${nameOf(endpoint)}: ${SENTENCES[kind](endpoint)}`,
    waitSeconds: askedWait(data?.headers?.get("retry-after") ?? null, message),
  };
}

const SAID = /(?:retry|try again) (?:in|after) (?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?) ?s)?/i;

/** The seconds to wait: by the header, which may also name a date, else by the words, such as "try again in 6m0.5s". */
function askedWait(header: string | null, words: string): number | null {
  const date = header === null ? Number.NaN : Date.parse(header);
  if (header !== null && /^[\d.]+$/.test(header.trim())) return Number.parseFloat(header);
  if (!Number.isNaN(date)) return Math.max(0, (date - Date.now()) / 1000);
  const [, hours, minutes, seconds] = SAID.exec(words) ?? [];
  if ((hours ?? minutes ?? seconds) === undefined) return null;
  return 3600 * Number(hours ?? 0) + 60 * Number(minutes ?? 0) + Number(seconds ?? 0);
}
