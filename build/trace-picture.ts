import type { Trace } from "../tests/support/trace-collector.ts";

interface Line {
  trace: Trace;
  depth: number;
}

const LINE = 21;
const WIDTH = 1080;
const NOTES = 400;
const BARS = { from: 670, to: 1000 };

/** Milliseconds of a time as a trace tells it. */
const millisecondsOf = (time: unknown) =>
  typeof time === "number" ? time : Date.parse(String(time));

const isHidden = ({ name, tags }: Trace) =>
  tags?.includes("langsmith:hidden") === true || name === "RunnableLambda";

/** The trace line by line: without what LangSmith hides and routers, an agent or a graph on one line with its node. */
function linesOf(traces: readonly Trace[]): Line[] {
  const childrenOf = (id: string | undefined): Trace[] =>
    traces
      .filter(({ parent_run_id }) => (parent_run_id ?? undefined) === id)
      .flatMap((trace) => (isHidden(trace) ? childrenOf(trace.id) : [trace]))
      .toSorted((a, b) => millisecondsOf(a["start_time"]) - millisecondsOf(b["start_time"]));
  const below = (trace: Trace, depth: number): Line[] => {
    const children = childrenOf(trace.id);
    const [only] = children;
    const isSame = only?.name === trace.name && only.run_type === "chain" && children.length === 1;
    return only !== undefined && isSame
      ? below(only, depth)
      : [{ trace, depth }, ...children.flatMap((child) => below(child, depth + 1))];
  };
  return childrenOf(undefined).flatMap((root) => below(root, 0));
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const kindOf = ({ run_type, tags }: Trace) => (tags?.includes("agent") ? "agent" : run_type);

/** What LangSmith shows beside a name: numbers of the place, the score, tokens. */
function noteOf({ extra: { metadata }, run_type, outputs, parent_run_id }: Trace): string {
  if (parent_run_id === undefined) return `run_id ${metadata["run_id"]}`;
  const isPlaced = "at" in metadata && run_type !== "llm";
  const numbers = ["track", "model", "refine", "attempt"].flatMap((name) =>
    isPlaced && metadata[name] !== undefined ? [`${name} ${metadata[name]}`] : [],
  );
  const score = metadata["score"];
  const tokens = /"total_tokens":(\d+)/.exec(JSON.stringify(outputs ?? {}))?.[1];
  return [
    ...numbers,
    ...(typeof score === "number" ? [`score ${score.toPrecision(4)}`] : []),
    ...(run_type === "llm" && tokens !== undefined ? [`${tokens} tokens`] : []),
  ].join(", ");
}

const STYLE = `text{font:13px system-ui,sans-serif;fill:#1f2328}.note,.time{fill:#59636e}.frame{fill:#fff;stroke:#d1d9e0}
.rule{stroke:#d1d9e0}.chain{fill:#8c959f}.agent{fill:#0969da}.tool{fill:#1a7f37}.llm{fill:#9a6700}.kind{fill:#fff;font-size:11px}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.note,.time{fill:#9198a1}.frame{fill:#0d1117;stroke:#3d444d}.rule{stroke:#3d444d}.kind{fill:#fff}}`;

/** A collected trace as a picture: the tree of runs, what each is, and when it ran. */
export function tracePicture(traces: readonly Trace[]): string {
  const lines = linesOf(traces);
  const times = lines.flatMap(({ trace }) => [trace["start_time"], trace.end_time]);
  const begin = Math.min(...times.map(millisecondsOf));
  const scale = (BARS.to - BARS.from) / (Math.max(...times.map(millisecondsOf)) - begin);
  const rows = lines.map(({ trace, depth }, index) => {
    const y = 12 + index * LINE;
    const [start, end] = [millisecondsOf(trace["start_time"]), millisecondsOf(trace.end_time)];
    const x = 14 + depth * 18;
    const kind = kindOf(trace);
    const length = Math.max(2, (end - start) * scale);
    return `<rect class="${kind}" x="${x}" y="${y + 2}" width="42" height="16" rx="4"/><text class="kind" x="${x + 21}" y="${y + 14}" text-anchor="middle">${kind}</text>
<text x="${x + 50}" y="${y + 15}">${escaped(trace.name)}</text><text class="note" x="${NOTES}" y="${y + 15}">${escaped(noteOf(trace))}</text>
<rect class="${kind}" x="${(BARS.from + (start - begin) * scale).toFixed(1)}" y="${y + 5}" width="${length.toFixed(1)}" height="10" rx="2"/><text class="time" x="${WIDTH - 14}" y="${y + 15}" text-anchor="end">${((end - start) / 1000).toFixed(2)} s</text>`;
  });
  const height = 24 + lines.length * LINE;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="the trace of a run">
<style>${STYLE}</style><rect class="frame" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
${rows.join("\n")}
</svg>
`;
}
