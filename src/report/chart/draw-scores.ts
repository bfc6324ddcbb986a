import { formatScore } from "../format.ts";
import { type Html, html } from "../html/html.ts";
import type { Kind, ScoreChart } from "./score-points.ts";

const CIRCLE = "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0Z";
/** How each kind of point looks: in the page's variables, so that it follows light and dark. */
const KINDS: Record<Kind, { colour: string; fill: string; shape: string }> = {
  promoted: { colour: "var(--accent)", fill: "var(--accent)", shape: CIRCLE },
  scored: { colour: "var(--muted)", fill: "var(--surface)", shape: CIRCLE },
  claimed: { colour: "var(--muted)", fill: "none", shape: "M-4,-4H4V4H-4Z" },
  "off the scale": { colour: "var(--muted)", fill: "var(--surface)", shape: "M-5,-4H5L0,5Z" },
  withdrawn: { colour: "var(--bad)", fill: "var(--surface)", shape: "M0,-6L6,0L0,6L-6,0Z" },
  failed: { colour: "var(--bad)", fill: "none", shape: "M-4,-4L4,4M4,-4L-4,4" },
};
const [TOP, RIGHT, BOTTOM] = [40, 14, 44];
/** Of a character of an axis. */
const WIDTH = 7;

/** The chart as static SVG: a mark for every attempt, and a line of the best score so far. */
export function drawScores(
  { points, best, unit }: ScoreChart,
  { metric, width, height }: { metric: string; width: number; height: number },
): Html {
  const floor = height - BOTTOM;
  const y = scaleOf(
    [...points, ...best].map(({ score }) => score),
    [floor, TOP],
    5,
  );
  const left = 34 + WIDTH * Math.max(...y.ticks.map((tick) => formatScore(tick).length));
  const times = [0, ...points.map(({ time }) => time)];
  const x = scaleOf(times, [left, width - RIGHT], Math.ceil(width / 90));
  const line = best.map(({ time, score }, index) =>
    index === 0 ? `M${x.at(time)},${y.at(score)}` : `H${x.at(time)}V${y.at(score)}`,
  );
  const middle = (TOP + floor) / 2;
  return html`<svg viewBox="0 0 ${width} ${height}" font-size="12" fill="var(--text)">
${y.ticks.map((tick) => html`<path d="M${left},${y.at(tick)}H${width - RIGHT}" stroke="var(--line)"/><text x="${left - 8}" y="${y.at(tick) + 4}" text-anchor="end">${formatScore(tick)}</text>`)}
${x.ticks.map((tick) => html`<path d="M${x.at(tick)},${floor}v5" stroke="var(--line)"/><text x="${x.at(tick)}" y="${floor + 18}" text-anchor="middle">${formatScore(tick)}</text>`)}
<text x="${(left + width - RIGHT) / 2}" y="${height - 6}" text-anchor="middle" fill="var(--muted)">${unit} of work</text>
<text transform="translate(12,${middle}) rotate(-90)" text-anchor="middle" fill="var(--muted)">${metric}</text>
${legendOf(points, left, width)}
<path d="${line.join("")}" fill="none" stroke="var(--accent)" stroke-width="2"/>
<g class="marks">${points.map((point) => {
    const mark = markOf(point.kind, [x.at(point.time), y.at(point.score)], point.label);
    // Only promotions are stops of the keyboard: hundreds of them would be in the way.
    return point.kind === "promoted" ? html`<a href="${point.link}">${mark}</a>` : mark;
  })}</g></svg>`;
}

function markOf(kind: Kind, [x, y]: [number, number], label: string): Html {
  const { colour, fill, shape } = KINDS[kind];
  return html`<path role="img" d="${shape}" transform="translate(${x},${y})" fill="${fill}" stroke="${colour}" stroke-width="1.5"><title>${label}</title></path>`;
}

/** The kinds that are there, one beside the other, in a second row where there is no room. */
function legendOf(points: ScoreChart["points"], left: number, width: number): Html[] {
  let [x, y] = [left + 6, 12];
  return Object.keys(KINDS).flatMap((name) => {
    const kind = points.find((point) => point.kind === name)?.kind;
    if (kind === undefined) return [];
    const long = 34 + WIDTH * kind.length;
    if (x + long > width) [x, y] = [left + 6, 27];
    const entry = html`${markOf(kind, [x, y], kind)}<text x="${x + 11}" y="${y + 4}">${kind}</text>`;
    x += long;
    return entry;
  });
}

/** An axis of about as many round steps as asked for that holds all values, and where each of them stands on it. */
export function scaleOf(values: readonly number[], [from, to]: [number, number], steps: number) {
  const [least, greatest] =
    values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
  const rough = (greatest - least || Math.abs(greatest) || 1) / steps;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * ([1, 2, 5].find((times) => times * unit >= rough) ?? 10);
  const first = Math.floor(least / step);
  const last = Math.max(first + 1, Math.ceil(greatest / step));
  const share = (value: number) => (value / step - first) / (last - first);
  return {
    at: (value: number) => Math.round(10 * (from + share(value) * (to - from))) / 10,
    ticks: Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step),
  };
}
