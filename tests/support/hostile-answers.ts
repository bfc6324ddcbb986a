import { agentOfPrompt } from "./agent-of-prompt.ts";
import type { OpenaiBody } from "./fake-openai-server.ts";
import { ACTS, hostileScript } from "./hostile-scripts.ts";
import type { ProviderAnswer } from "./provider-reply.ts";
import { fenced } from "./scripted-model.ts";
import { tinyAnswer } from "./tiny-answers.ts";
import { MODELS, solution } from "./tiny-scripts.ts";

const WRITERS = ["initializer", "merger", "ablator", "coder", "ensembler", "submitter"];
const LONG = 2_000_000;
const MALFORMED: readonly ProviderAnswer[] = [
  { text: "" },
  { text: "`".repeat(LONG) },
  { text: "{".repeat(LONG) },
  { text: '{"plan": "'.repeat(LONG / 10) },
  { text: "```python\nprint(".repeat(LONG / 16), finish: "length" },
  { text: "I will not." },
];
const EVERY_SCRIPT = 3;
const EVERY_ANSWER = 8;
const EVERY_COUNT = 5;

/** Models that are all honest, and all a little different. */
function honestScript(number: number): string {
  const name = "Ridge regression";
  const alpha = (2 + (number % 17) / 4 + number / 1000).toFixed(3);
  return solution(name).replace(MODELS[name].build, `Ridge(alpha=${alpha})`);
}

/** A model behind which somebody stands: every third script does something else besides, and now and then an answer is none. */
export function hostileModel() {
  const acts = Object.keys(ACTS);
  let [scripts, answers] = [0, 0];
  const nextScript = (): string => {
    scripts += 1;
    const act = acts[(scripts / EVERY_SCRIPT - 1) % acts.length];
    return scripts % EVERY_SCRIPT === 0 && act !== undefined
      ? hostileScript(act)
      : honestScript(scripts);
  };
  const said = (messages: OpenaiBody["messages"]): ProviderAnswer => {
    const prompt = messages[0]?.content ?? "";
    const agent = agentOfPrompt(prompt);
    const plan = `Do number ${answers}. It differs from all others in its number.`;
    if (WRITERS.includes(agent)) return { text: fenced(nextScript()) };
    if (agent === "extractor" || agent === "planner")
      return { text: JSON.stringify({ plan, scope: "script", from: "original" }) };
    return tinyAnswer(messages);
  };
  return ({ messages }: OpenaiBody): ProviderAnswer => {
    answers += 1;
    const isFirst = messages.length === 1;
    const malformed = MALFORMED[(answers / EVERY_ANSWER) % MALFORMED.length];
    const answer = isFirst && malformed !== undefined ? malformed : said(messages);
    return answers % EVERY_COUNT === 0
      ? { ...answer, usage: { input: -5000, output: -7000 } }
      : answer;
  };
}
