import { parse, type Spec, View } from "vega";
import type { ScoreChart } from "./score-points.ts";

const COLOURS = {
  promoted: "var(--accent)",
  scored: "var(--muted)",
  "off the scale": "var(--muted)",
  failed: "var(--bad)",
};
const FILLS = {
  promoted: "var(--accent)",
  scored: "var(--surface)",
  "off the scale": "var(--surface)",
  failed: "var(--surface)",
};
const SHAPES = {
  promoted: "circle",
  scored: "circle",
  "off the scale": "triangle-down",
  failed: "cross",
};

/** The chart as static SVG whose colours are the page's variables, so that it follows light and dark. */
export async function drawScores(
  chart: ScoreChart,
  { metric, width, height }: { metric: string; width: number; height: number },
): Promise<string> {
  const view = new View(parse(chartSpec(chart, metric, width, height)), { renderer: "none" });
  const svg = await view.toSVG();
  view.finalize();
  // Vega names a point for screen readers only; as a title the words also show when it is pointed at.
  return svg
    .replace(
      /<path aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="[^"]*"([^>]*?)\/>/g,
      '<path role="img"$2><title>$1</title></path>',
    )
    .replace(/ width="\d+" height="\d+" viewBox/, " viewBox");
}

function chartSpec(chart: ScoreChart, metric: string, width: number, height: number): Spec {
  const kinds = Object.keys(COLOURS);
  const used = new Set<string>(chart.points.map(({ kind }) => kind));
  return {
    width,
    height,
    padding: 5,
    autosize: { type: "fit", contains: "padding" },
    background: "transparent",
    config: { axis: axisStyle, legend: { labelColor: "var(--text)", labelFontSize: 12 } },
    data: [
      { name: "points", values: chart.points },
      { name: "best", values: chart.best },
    ],
    scales: [
      {
        name: "x",
        type: "linear",
        domain: extent("time"),
        range: "width",
        zero: true,
        nice: true,
      },
      {
        name: "y",
        type: "linear",
        domain: extent("score"),
        range: "height",
        zero: false,
        nice: true,
      },
      { name: "colour", type: "ordinal", domain: kinds, range: Object.values(COLOURS) },
      { name: "shape", type: "ordinal", domain: kinds, range: Object.values(SHAPES) },
      { name: "fill", type: "ordinal", domain: kinds, range: Object.values(FILLS) },
    ],
    axes: [
      {
        orient: "bottom",
        scale: "x",
        title: `${chart.unit} of work`,
        tickCount: Math.ceil(width / 90),
      },
      { orient: "left", scale: "y", title: metric, grid: true, tickCount: 5 },
    ],
    legends: [
      {
        orient: "top",
        direction: "horizontal",
        stroke: "colour",
        shape: "shape",
        fill: "fill",
        values: kinds.filter((kind) => used.has(kind)),
      },
    ],
    marks: [
      {
        type: "line",
        from: { data: "best" },
        aria: false,
        encode: {
          enter: {
            x: { scale: "x", field: "time" },
            y: { scale: "y", field: "score" },
            interpolate: { value: "step-after" },
            stroke: { value: "var(--accent)" },
            strokeWidth: { value: 2 },
          },
        },
      },
      {
        type: "symbol",
        from: { data: "points" },
        encode: {
          enter: {
            x: { scale: "x", field: "time" },
            y: { scale: "y", field: "score" },
            shape: { scale: "shape", field: "kind" },
            size: { signal: "datum.kind === 'promoted' ? 90 : 55" },
            stroke: { scale: "colour", field: "kind" },
            strokeWidth: { value: 1.5 },
            fill: { scale: "fill", field: "kind" },
            description: { field: "label" },
            // Only promotions are stops of the keyboard: hundreds of them would be in the way.
            href: { signal: "datum.kind === 'promoted' ? datum.link : null" },
          },
        },
      },
    ],
  };
}

const extent = (field: string) => ({
  fields: [
    { data: "points", field },
    { data: "best", field },
  ],
});

const axisStyle = {
  labelColor: "var(--text)",
  titleColor: "var(--muted)",
  titleFontWeight: "normal" as const,
  labelFontSize: 12,
  titleFontSize: 12,
  domainColor: "var(--line)",
  tickColor: "var(--line)",
  gridColor: "var(--line)",
};
