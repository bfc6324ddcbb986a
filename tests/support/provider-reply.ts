import type { ServerResponse } from "node:http";

export interface ProviderAnswer {
  text: string;
  /** How the answer ended, in OpenAI's words. */
  finish?: "stop" | "length" | "content_filter";
  /** Null for a server that does not count. */
  usage?: TokenCounts | null;
  /** Milliseconds before the answer begins, and before each part of a stream. */
  pause?: number;
  /** Whether a stream breaks off when all was said. */
  breaksOff?: true;
}

export interface TokenCounts {
  input: number;
  output: number;
  cached?: number;
  reasoning?: number;
}

/** What a fake provider does with one request: an answer, or a fault. */
export type ProviderReply =
  | ProviderAnswer
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | { fault: "reset" | "hang" | "garbage" | "half" };

/** Plays a fault; true when there was one. */
export function playFault(reply: ProviderReply, response: ServerResponse): boolean {
  if ("status" in reply) {
    response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
    response.end(JSON.stringify(reply.body ?? { error: { message: `status ${reply.status}` } }));
    return true;
  }
  if (!("fault" in reply)) return false;
  if (reply.fault === "reset") response.destroy();
  if (reply.fault === "garbage")
    response.writeHead(200, { "content-type": "application/json" }).end("<html>Bad gateway</html>");
  if (reply.fault === "half") {
    response.writeHead(200, { "content-type": "text/event-stream", "content-length": "1000" });
    response.write("data: {");
    setTimeout(() => response.destroy(), 20);
  }
  return true;
}
