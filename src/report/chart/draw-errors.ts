import type { Calibration, Confusion, Residuals } from "../facts/error-shapes.ts";
import { formatCount, formatScore } from "../format.ts";
import { type Html, html } from "../html/html.ts";
import { scaleOf } from "./draw-scores.ts";

const [WIDTH, HEIGHT] = [400, 360];
const [LEFT, TOP, RIGHT, FLOOR] = [70, 12, 388, 312];
const MOST_CHARACTERS = 8;
/** The strongest a cell is coloured: what stands on it can still be read. */
const STRONGEST = 0.5;

/** Predicted against true numbers: the more lines, the darker the cell; on the line lies what is right. */
export function drawResiduals({ range, cells }: Residuals, name: string): Html {
  const most = Math.max(...cells.flat());
  const [x, y] = axesOf(range);
  const [wide, high] = [(x.to - x.from) / cells.length, (y.from - y.to) / cells.length];
  const marks = cells.flatMap((row, up) =>
    row.map((count, right) =>
      count === 0
        ? null
        : cell(
            [x.from + right * wide, y.from - (up + 1) * high, wide, high],
            0.12 + 0.88 * Math.sqrt(count / most),
          ),
    ),
  );
  return framed(`Predicted against true ${name}`, [
    ...marks,
    diagonalOf(x, y),
    ticksOf(x, y),
    titlesOf(`true ${name}`, "predicted"),
  ]);
}

/** True classes down, predicted ones across; a row's colours are shares of its class. */
export function drawConfusion({ classes, counts }: Confusion, name: string): Html {
  const [wide, high] = [(RIGHT - LEFT) / classes.length, (FLOOR - TOP) / classes.length];
  const middle = (index: number, size: number) => (index + 0.5) * size;
  const short = (text: string) =>
    text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
  const marks = counts.flatMap((row, down) => {
    const all = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, right) =>
      count === 0
        ? null
        : html`${cell([LEFT + right * wide, TOP + down * high, wide, high], (STRONGEST * count) / all)}<text x="${rounded(LEFT + middle(right, wide))}" y="${rounded(TOP + middle(down, high) + 4)}" text-anchor="middle" font-size="11">${formatCount(count)}</text>`,
    );
  });
  const names = classes.map(
    (text, index) =>
      html`<text x="${LEFT - 6}" y="${rounded(TOP + middle(index, high) + 4)}" text-anchor="end">${short(text)}</text><text x="${rounded(LEFT + middle(index, wide))}" y="${FLOOR + 16}" text-anchor="middle" font-size="${classes.length > 6 ? 9 : 12}">${short(text)}</text>`,
  );
  return framed(`True and predicted ${name}`, [...marks, ...names, titlesOf("predicted", "true")]);
}

/** How often came true what was said to be so probable; on the line lies what is right. */
export function drawCalibration(bins: readonly Calibration[], name: string): Html {
  const [x, y] = axesOf([0, 1]);
  const marks = bins.map(
    ({ predicted, share, count }) =>
      html`<circle cx="${x.at(predicted)}" cy="${y.at(share)}" r="5" fill="var(--accent)"><title>${formatCount(count)} at ${formatScore(Number(predicted.toFixed(3)))}: ${formatScore(Number(share.toFixed(3)))} came true</title></circle>`,
  );
  return framed(`Calibration of ${name}`, [
    diagonalOf(x, y),
    ...marks,
    ticksOf(x, y),
    titlesOf("predicted probability", "share that came true"),
  ]);
}

type Axis = ReturnType<typeof scaleOf> & { from: number; to: number };

/** Both over the same values. */
function axesOf([low, high]: [number, number]): [Axis, Axis] {
  const on = (from: number, to: number): Axis => {
    const at = (value: number) => rounded(from + ((value - low) / (high - low)) * (to - from));
    const ticks = scaleOf([low, high], [from, to], 6).ticks;
    return { from, to, at, ticks: ticks.filter((tick) => tick >= low && tick <= high) };
  };
  return [on(LEFT, RIGHT), on(FLOOR, TOP)];
}

const rounded = (value: number) => Math.round(10 * value) / 10;

const cell = ([x, y, wide, high]: [number, number, number, number], strength: number): Html =>
  html`<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(wide)}" height="${rounded(high)}" fill="var(--accent)" fill-opacity="${strength.toFixed(2)}"/>`;

const diagonalOf = (x: Axis, y: Axis): Html =>
  html`<path d="M${x.from},${y.from}L${x.to},${y.to}" stroke="var(--muted)" stroke-dasharray="4 4"/>`;

const ticksOf = (x: Axis, y: Axis): Html =>
  html`${x.ticks.map((tick) => html`<text x="${x.at(tick)}" y="${FLOOR + 16}" text-anchor="middle">${short(tick)}</text>`)}${y.ticks.map((tick) => html`<text x="${LEFT - 6}" y="${y.at(tick) + 4}" text-anchor="end">${short(tick)}</text>`)}`;

/** 200000 as `200K`: it has to stand beside the chart. */
const short = (tick: number) =>
  new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 }).format(tick);

const titlesOf = (across: string, up: string): Html =>
  html`<text x="${(LEFT + RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle" fill="var(--muted)">${across}</text><text transform="translate(11,${(TOP + FLOOR) / 2}) rotate(-90)" text-anchor="middle" fill="var(--muted)">${up}</text>`;

const framed = (label: string, parts: readonly (Html | null)[]): Html =>
  html`<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" font-size="12" fill="var(--text)" role="img" aria-label="${label}">${parts}<path d="M${LEFT},${TOP}V${FLOOR}H${RIGHT}" fill="none" stroke="var(--line)"/></svg></figure>`;
