import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { command } from "../../core/words/command.ts";
import { repeatCommand } from "../facts/repeat.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { html, type Section } from "../html/html.ts";
import { attemptLink } from "../html/links.ts";
import { pythonCode } from "../html/python-code.ts";

/** Markup of one script in the page. */
const MOST_CHARACTERS = 300_000;

/** The best solution's script, and the packages it ran with. */
export function solutionSection(facts: RunFacts): Section | null {
  const { best, bestAttempt, packages, workbench, folder } = facts;
  if (best === null) return null;
  const { script } = best;
  const beside = join(folder, "best");
  const others = (existsSync(beside) ? readdirSync(beside) : []).filter(
    (name) => !/^(?:solution\.py|submission\.csv|score\.json)$/.test(name),
  );
  const cut = script.length > MOST_CHARACTERS;
  const body = html`<p>From ${bestAttempt === null ? best.title : attemptLink(bestAttempt.id)}; the file is <a href="best/solution.py">best/solution.py</a>. It reads <code>./input/</code>, and writes <code>./final/submission.csv</code>.</p>
${script === "" ? html`<p>It is a blend: that file runs the scripts of its members and joins what they predict.</p>` : pythonCode(script.slice(0, MOST_CHARACTERS), "The final script")}${cut && html`<p>The rest is in the file.</p>`}
${others.length > 0 && html`<p>Beside it: ${others.map((name, index) => html`${index > 0 && ", "}<a href="best/${name}">${name}</a>`)}</p>`}
<h3>Packages</h3>
${
  workbench === null
    ? html`<p>The run did not record its packages.</p>`
    : html`<p>Python ${workbench.pythonVersion}${packages.length > 0 && " with:"}</p>
<ul class="columns">${packages.map(({ name, version }) => html`<li><code>${name}==${version}</code></li>`)}</ul>
<details class="screen-only"><summary>All ${workbench.packages.length} packages of the environment</summary><ul class="columns">${workbench.packages.map(({ name, version }) => html`<li><code>${name}==${version}</code></li>`)}</ul></details>`
}`;
  return { id: "solution", name: "Script", title: "Final script", body };
}

/** How to run the same again. */
export function repeatSection({ record, workbench, best }: RunFacts): Section {
  const machine =
    workbench === null
      ? ""
      : ` Each script had ${workbench.cpus} core${workbench.cpus === 1 ? "" : "s"} and ${workbench.memoryMb} MB${workbench.gpu === null ? "" : ` and ${workbench.gpu}`}.`;
  const body = html`<p>The same task, settings and seed; the task folder is known by its fingerprint <code>${record.task.fingerprint}</code>.</p>
<pre class="code wrap"><code>${repeatCommand(record)}</code></pre>
${record.fork !== null && html`<p>It was forked from run ${record.fork.runId} at ${record.fork.from} (${record.fork.change}): by itself the command runs the task from its beginning.</p>`}
${record.models.length > 0 && html`<p>A person gave ${record.models.length} model descriptions: they stand in <a href="run.json">run.json</a>.</p>`}
<p>Made by mle-star ${record.version} on Node ${record.node}, seed ${record.settings.seed}.${machine} ${record.model === "offline" ? "The built-in engineer answers the same question the same way." : "A language model may answer differently another time: its answers of this run are kept in calls/."}</p>
${best !== null && html`<p>To take the solution out of here: <code>${command(`export ${record.runId} DIR`)}</code></p>`}
<details><summary>Settings</summary><dl class="facts">${Object.entries(record.settings).map(([name, value]) => html`<div><dt>${name}</dt><dd>${String(value)}</dd></div>`)}</dl></details>`;
  return { id: "repeat", name: "Repeat", title: "How to repeat it", body };
}
