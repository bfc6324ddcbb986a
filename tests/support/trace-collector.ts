import { z } from "zod";
import { loopbackServer } from "./loopback-server.ts";

const Trace = z.looseObject({
  id: z.string(),
  name: z.string(),
  run_type: z.string(),
  trace_id: z.string(),
  end_time: z.unknown().optional(),
  parent_run_id: z.string().nullish(),
  inputs: z.unknown().optional(),
  outputs: z.unknown().optional(),
  tags: z.array(z.string()).nullish(),
  extra: z
    .looseObject({ metadata: z.record(z.string(), z.unknown()).default({}) })
    .default({ metadata: {} }),
});
export type Trace = z.infer<typeof Trace>;

/** LangSmith's side of the wire, on this machine: it keeps what it is sent, whole and by run. */
export async function traceCollector() {
  const server = await loopbackServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(
      request.path.startsWith("/info")
        ? JSON.stringify({ batch_ingest_config: { use_multipart_endpoint: false } })
        : "{}",
    );
  });
  const Batch = z.object({
    post: z.array(z.record(z.string(), z.unknown())).default([]),
    patch: z.array(z.record(z.string(), z.unknown())).default([]),
  });
  return {
    ...server,
    /** All that came in, as text. */
    text: () => JSON.stringify(server.received),
    traces(): Trace[] {
      const runs = new Map<unknown, Record<string, unknown>>();
      for (const { path, body } of server.received) {
        if (!path.endsWith("/batch")) continue;
        const { post, patch } = Batch.parse(body);
        for (const part of [...post, ...patch]) {
          const given = Object.entries(part).filter(([, value]) => value !== null);
          runs.set(part["id"], { ...runs.get(part["id"]), ...Object.fromEntries(given) });
        }
      }
      return [...runs.values()].map((run) => Trace.parse(run));
    },
  };
}
