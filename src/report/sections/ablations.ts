import { Place } from "../../core/place.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { formatPercent, formatScore } from "../format.ts";
import { type Html, html, type Section } from "../html/html.ts";
import { anchorOf, evidenceLinks, scoreLink } from "../html/links.ts";

/** What each ablation showed: how much worse the solution is without each part. */
export function ablationsSection({ ablations, metric }: RunFacts): Section | null {
  if (ablations.length === 0) return null;
  const body = html`<p>How much worse the ${metric} is when one part of the script is disabled. The part that matters most is refined.</p>
<div class="cards">${ablations.toSorted((a, b) => a.id.localeCompare(b.id)).map(ablationCard)}</div>`;
  return { id: "ablations", name: "Ablations", title: "Ablations", body };
}

function ablationCard({
  id,
  summary,
  baseline,
  effects,
  script,
}: RunFacts["ablations"][number]): Html {
  const most = Math.max(...effects.map(({ loss }) => loss ?? 0), Number.MIN_VALUE);
  const ordered = effects.toSorted((a, b) => (b.loss ?? 0) - (a.loss ?? 0));
  return html`<article class="card" id="${anchorOf("ablation", id)}"><h3>${Place.parse(id).words}</h3>
<p class="muted">As it is: ${scoreLink(formatScore(baseline), script)} · ${evidenceLinks(script)}</p>
<dl class="bars">${ordered.map(({ part, score, loss }) => {
    const width = (100 * Math.max(0, loss ?? 0)) / most;
    return html`<div><dt>without ${part}</dt><dd><span class="track"><span class="bar" style="width:${width.toFixed(1)}%"></span></span><span class="told">${scoreLink(formatScore(score), script)}${share(loss, baseline)}</span></dd></div>`;
  })}</dl><p class="summary">${summary}</p></article>`;
}

function share(loss: number | null, baseline: number | null): string {
  if (loss === null || baseline === null || baseline === 0) return "";
  if (loss === 0) return ", no change";
  const percent = formatPercent(Math.abs((100 * loss) / baseline));
  return `, ${percent} ${loss > 0 ? "worse" : "better"}`;
}
