/** The report's looks: light and dark by the reader's preference, from a phone to paper. */
export const STYLES = `
:root { color-scheme: light dark; --page: #fff; --surface: #f6f7f9; --text: #1b1f24; --muted: #59636e; --line: #dfe3e8;
  --accent: #0a5cc7; --good: #116b36; --bad: #b3261e; --ins: #e3f6e8; --ins-strong: #a9e2b9; --del: #fdeaea; --del-strong: #f5bcbc;
  --keyword: #a0158f; --string: #0b6b2e; --number: #0a5cc7; --comment: #5f6a74; }
@media (prefers-color-scheme: dark) { :root { --page: #14171b; --surface: #1c2026; --text: #e4e7eb; --muted: #a0a9b4; --line: #343b44;
  --accent: #6cb0ff; --good: #62cf8b; --bad: #ff8f86; --ins: #16331f; --ins-strong: #23613a; --del: #3b1f20; --del-strong: #75302f;
  --keyword: #f29ae6; --string: #83d69b; --number: #6cb0ff; --comment: #97a1ac; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 3.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main, .top { max-width: 1080px; margin: 0 auto; padding: 0 1.25rem; }
p, li, dd, summary { overflow-wrap: anywhere; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
p a, li a { text-decoration: underline; text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
h1 { font-size: clamp(1.7rem, 4vw, 2.3rem); line-height: 1.2; margin: 0 0 .25rem; letter-spacing: -.015em; overflow-wrap: anywhere; }
h2 { font-size: 1.4rem; margin: 0 0 .75rem; letter-spacing: -.01em; } h3 { font-size: 1.02rem; margin: 1.5rem 0 .5rem; } h4 { margin: 0 0 .25rem; }
h3::first-letter, thead th::first-letter { text-transform: uppercase; }
.muted, figcaption { color: var(--muted); font-size: .875rem; } .good { color: var(--good); } .bad { color: var(--bad); } .change { white-space: nowrap; }
.kicker { color: var(--muted); font-size: .78rem; letter-spacing: .09em; text-transform: uppercase; margin: 2.25rem 0 .4rem; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 999px; padding: 0 .55em; font-size: .75rem; line-height: 1.5; vertical-align: .1em; color: var(--muted); }
.badge.good { color: var(--good); } .badge.bad { color: var(--bad); } .badge.accent { color: var(--accent); }
.hero { display: grid; grid-template-columns: minmax(250px, 5fr) 9fr; gap: 2rem; margin: 1.5rem 0 2rem; }
.score { border-left: 4px solid var(--accent); padding-left: 1.25rem; align-self: start; } .score p { margin: 0; }
.label { color: var(--muted); font-size: .9rem; }
.figure { font-size: clamp(2.2rem, 6vw, 3.2rem); font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; letter-spacing: -.02em; }
.figure a { color: inherit; text-decoration: none; }
dl.facts { margin: 0; } dl.facts > div { display: grid; grid-template-columns: 7.5rem 1fr; gap: .75rem; padding: .35rem 0; border-bottom: 1px solid var(--line); }
dl.facts > div:last-child { border: 0; } dt { color: var(--muted); font-size: .875rem; } dd { margin: 0; font-size: .94rem; }
nav { position: sticky; top: 0; z-index: 1; background: var(--page); border-block: 1px solid var(--line); }
nav a { color: var(--muted); text-decoration: none; } nav a:hover { color: var(--accent); }
nav ul { display: flex; gap: 1.25rem; max-width: 1080px; margin: 0 auto; padding: .6rem 1.25rem; list-style: none; overflow-x: auto; white-space: nowrap; font-size: .875rem; }
section { padding: 2.25rem 0 .5rem; } section + section { border-top: 1px solid var(--line); }
figure { margin: 0; } figure svg { display: block; width: 100%; height: auto; font-variant-numeric: tabular-nums; } figure text { font-family: inherit; }
.narrow { display: none; }
.drawn { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: .75rem 0 1.25rem; } .drawn figure { flex: 1 1 250px; max-width: 430px; min-width: 0; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; padding: .4rem .7rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; font-variant-numeric: tabular-nums; }
thead th { color: var(--muted); font-weight: 500; white-space: nowrap; } tbody th { font-weight: 500; white-space: nowrap; } .right { text-align: right; white-space: nowrap; } td.words { min-width: 9rem; }
.evidence { display: inline-flex; flex-wrap: wrap; column-gap: .5em; } p .evidence a, li .evidence a, p a.number { text-decoration: none; } .evidence a:hover, p a.number:hover { text-decoration: underline; }
details { margin: .4rem 0; } summary { cursor: pointer; color: var(--muted); font-size: .9rem; } details[open] > summary { margin-bottom: .5rem; }
.tree, .tree ul { list-style: none; margin: 0; padding: 0; } .tree ul { margin-left: .55rem; padding-left: 1.1rem; border-left: 1px solid var(--line); }
.attempt { padding: .55rem 0 .55rem .9rem; border-left: 3px solid var(--line); margin: .5rem 0; } .attempt p { margin: .1rem 0; }
.attempt.best { border-color: var(--accent); } .attempt.failed { border-color: var(--bad); } .mark { font-variant-numeric: tabular-nums; margin-right: .4rem; }
.attempt:target { background: var(--surface); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); gap: 1rem; }
.card { border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.1rem; min-width: 0; } .card h3 { margin-top: 0; } .card p { margin: .3rem 0; } .card .summary { color: var(--muted); font-size: .875rem; } .card ul { margin: .2rem 0; padding-left: 1.1rem; font-size: .9rem; }
.bars { margin: .75rem 0; } .bars > div { margin: .5rem 0; } .bars dd { display: flex; flex-wrap: wrap; column-gap: .7rem; align-items: center; gap: .7rem; }
.track { flex: 1 1 8rem; background: var(--surface); border-radius: 3px; } .bar { display: block; height: .85rem; min-width: 2px; background: var(--accent); border-radius: 3px; } .told { flex: 0 0 11rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .8125rem; }
.refinement .scroll { border: 1px solid var(--line); border-radius: 8px; padding: .6rem 1rem; }
.wrap { white-space: pre-wrap; overflow-wrap: anywhere; } .code { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; overflow: auto; line-height: 1.5; max-height: 42rem; tab-size: 4; }
.diff { table-layout: fixed; min-width: 640px; } .diff td { border: 0; padding: 0 .5rem; line-height: 1.5; } .diff thead th { padding: 0 .5rem .25rem; }
.diff .numbers { width: 2.6rem; } .diff code { white-space: pre-wrap; overflow-wrap: anywhere; }
.diff .n { color: var(--muted); text-align: right; user-select: none; font-size: .75rem; } .diff .none { background: var(--surface); }
.changed .del { background: var(--del); } .changed .ins { background: var(--ins); } .changed b { font-weight: inherit; border-radius: 2px; }
.del b { background: var(--del-strong); } .ins b { background: var(--ins-strong); } .diff .skip td { color: var(--muted); text-align: center; font-size: .75rem; background: var(--surface); }
.columns { columns: 4 200px; padding-left: 1.1rem; }
.hljs-keyword, .hljs-literal { color: var(--keyword); } .hljs-string { color: var(--string); } .hljs-number, .hljs-built_in, .hljs-meta { color: var(--number); } .hljs-comment { color: var(--comment); font-style: italic; } .hljs-title { color: var(--accent); } .hljs-subst, .hljs-params { color: inherit; }
footer { color: var(--muted); font-size: .8rem; padding: 2.5rem 0 3rem; }
.skip-link { position: absolute; left: -999rem; } .skip-link:focus { left: 1rem; top: .5rem; background: var(--page); padding: .4rem .8rem; z-index: 2; }
@media screen and (max-width: 720px) { .hero { grid-template-columns: 1fr; gap: 1.25rem; } .wide { display: none; } .narrow { display: block; }
  dl.facts > div { grid-template-columns: 5.5rem 1fr; } .tree ul { margin-left: .2rem; padding-left: .5rem; } .told { flex-basis: 9rem; }
  .diff, .diff tbody { display: block; width: 100%; min-width: 0; } .diff colgroup, .diff thead { display: none; } .diff tr { display: block; } .diff td { display: inline-block; } .diff .n { display: none; } .diff td:not(.n) { display: block; width: 100%; }
  .diff .same td.ins, .diff .none { display: none !important; } }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@page { margin: 14mm 13mm; }
@media print { :root { --page: #fff; --surface: #f6f7f9; --text: #000; --muted: #444; --line: #ccc; --accent: #0a4ca7; --good: #0b5a2b; --bad: #9a1d16; }
  nav, .skip-link { display: none; } body { font-size: 10.5pt; } main, .top { max-width: none; padding: 0; } .code { max-height: none; white-space: pre-wrap; } .screen-only { display: none; }
  .bar, .track, .diff td, .diff b, .score, .attempt, .code { -webkit-print-color-adjust: exact; print-color-adjust: exact; } h2, h3, summary { break-after: avoid; }
  .diff { min-width: 0; font-size: .75rem; } .diff code, .code code { font-size: 7.5pt; } details:not(.screen-only) > summary { list-style: none; } thead { display: table-header-group; } .kicker { margin-top: 0; } table { font-size: .78rem; } thead th { white-space: normal; } th, td { padding-right: .45rem; } td.words { min-width: 0; } .scroll { overflow: visible; }
  details::details-content { content-visibility: visible; display: block; } article, figure, tr { break-inside: avoid; } section { padding-top: 1.25rem; } }
`;
