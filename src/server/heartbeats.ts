const HEARTBEAT = new TextEncoder().encode(": heartbeat\n\n");

/** The same stream of events, with a comment whenever so long passes: many clients end a stream that is silent for 300 s. */
export function withHeartbeats(
  events: ReadableStream<Uint8Array>,
  everyMs: number,
): ReadableStream<Uint8Array> {
  const reader = events.getReader();
  let end = "\n\n";
  let timer: NodeJS.Timeout | undefined;
  return new ReadableStream({
    start(controller) {
      timer = setInterval(() => {
        // Not into the middle of an event, and not to a client that is not reading.
        if (/\n\r?\n$/.test(end) && (controller.desiredSize ?? 0) > 0)
          controller.enqueue(HEARTBEAT);
      }, everyMs);
    },
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) {
          end = (end + Buffer.from(value.subarray(-4)).toString("latin1")).slice(-4);
          controller.enqueue(value);
          return;
        }
        controller.close();
      } catch (failure) {
        controller.error(failure);
      }
      clearInterval(timer);
    },
    cancel(reason) {
      clearInterval(timer);
      return reader.cancel(reason);
    },
  });
}
