import { Auth, HTTPException } from "@langchain/langgraph-sdk/auth";
import { type Context, Hono } from "hono";
import { getContext } from "hono/context-storage";
import { z } from "zod";
import { SettingsError } from "../core/errors.ts";
import { factsOf, type RequestFacts, refusal } from "./guard.ts";
import { policyIn } from "./guard-policy.ts";
import { withHeartbeats } from "./heartbeats.ts";
import { checkAsked } from "./input-form.ts";

/** How long a body may take to arrive. */
const BODY_MS = 10_000;
/** Node's own client, which LangGraph's uses, waits for 300 s. */
const HEARTBEAT_SECONDS = 15;

const policy = policyIn(process.env);
const heartbeatMs = 1000 * Number(process.env["MLE_STAR_HEARTBEAT_SECONDS"] || HEARTBEAT_SECONDS);

/** Comes before every route but `/info`, websockets among them; LangGraph's server calls it so. */
export const auth = new Auth().authenticate(() => {
  const refused = refusal(asked(getContext()), policy);
  if (refused !== null) throw new HTTPException(refused.status, { message: refused.sentence });
  return { identity: "caller", permissions: [] };
});

/** What else is done with every request: the guard where `auth` is not asked, bad forms, heartbeats. */
export const app = new Hono();

app.use(async (context, next) => {
  const facts = asked(context);
  const refused = refusal(facts, policy);
  if (refused !== null) return context.text(refused.sentence, refused.status);
  if (facts.method === "POST" && facts.bodyBytes !== 0) {
    const body = await bodyOf(context);
    if (body === null) return context.text(`body: it did not arrive in ${BODY_MS / 1000} s`, 408);
    try {
      checkAsked(parsed(body));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      return context.text(error.message, 422);
    }
  }
  await next();
  const { body, headers } = context.res;
  if (body !== null && headers.get("content-type")?.startsWith("text/event-stream"))
    context.res = new Response(withHeartbeats(body, heartbeatMs), context.res);
  return undefined;
});

/** Node's request behind it; a call that the server makes of itself has none. */
const Behind = z.object({
  incoming: z.object({
    url: z.string(),
    socket: z.object({ remoteAddress: z.string().optional() }),
  }),
});

function asked({ req, env }: Context): RequestFacts {
  const { data: behind } = Behind.safeParse(env);
  return factsOf({
    method: req.method,
    target: behind?.incoming.url ?? req.path,
    header: (name) => req.header(name),
    remoteAddress: behind?.incoming.socket.remoteAddress,
  });
}

/** Hono keeps what was read for the routes that read it again. */
async function bodyOf({ req }: Context): Promise<string | null> {
  const timeout = Promise.withResolvers<null>();
  const timer = setTimeout(() => timeout.resolve(null), BODY_MS);
  try {
    return await Promise.race([req.text(), timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is no JSON the route refuses itself. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
