import { expect, test } from "vitest";
import { withHeartbeats } from "../../src/server/heartbeats.ts";

const BEAT = ": heartbeat\n\n";
const bytes = (text: string) => new TextEncoder().encode(text);

/** A stream that is silent until it is told to speak. */
function source() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let cancelled: unknown = null;
  const stream = new ReadableStream<Uint8Array>({
    start: (own) => {
      controller = own;
    },
    cancel: (reason) => {
      cancelled = reason;
    },
  });
  return {
    stream,
    say: (text: string) => controller?.enqueue(bytes(text)),
    end: () => controller?.close(),
    fail: (error: Error) => controller?.error(error),
    cancelled: () => cancelled,
  };
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string | null> {
  const { done, value } = await reader.read();
  return done ? null : new TextDecoder().decode(value);
}

test("a silent stream beats, an event comes through whole, and its end is an end", async () => {
  const { stream, say, end } = source();
  const reader = withHeartbeats(stream, 5).getReader();
  for (let beat = 0; beat < 3; beat++) expect(await next(reader)).toBe(BEAT);
  say("event: values\ndata: {");
  expect(await next(reader)).toBe("event: values\ndata: {");
  // In the middle of an event there is no beat, however long the rest takes.
  const rest = next(reader);
  setTimeout(() => say('"a": 1}\n\n'), 50);
  expect(await rest).toBe('"a": 1}\n\n');
  expect(await next(reader)).toBe(BEAT);
  end();
  let last = await next(reader);
  while (last === BEAT) last = await next(reader);
  expect(last).toBeNull();
});

test("a stream that fails fails, and one that nobody reads is cancelled", async () => {
  const failing = source();
  const reader = withHeartbeats(failing.stream, 60_000).getReader();
  failing.fail(new Error("gone"));
  await expect(next(reader)).rejects.toThrow("gone");
  const left = source();
  await withHeartbeats(left.stream, 60_000).cancel("closed");
  expect(left.cancelled()).toBe("closed");
});
