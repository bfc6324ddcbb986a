import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** What a new agent touches: the critic has its say on what an ablation showed. */
const MADE = {
  "prompts/critic.ts": `import type { Common } from "../src/core/questions.ts";
import { briefing } from "./briefing.ts";

/** Asks what the study overlooked. */
export const criticPrompt = (input: Common & { summary: string }): string => \`\${briefing(input)}
# Your question
What does this study overlook?
\${input.summary}
\`;
`,
  "agents/critic.ts": `import { criticPrompt } from "../prompts/critic.ts";
import { textAgent } from "./define-agent.ts";

/** Says what an ablation study overlooked. */
export const critic = textAgent({
  name: "critic",
  role: "checking",
  prompt: criticPrompt,
  parts: ({ summary }) => summary,
  update: (remark, { summary }) => ({ summary: \`\${summary}\\n\${remark}\` }),
});
`,
  "tests/agents/critic.test.ts": `import { expect, test } from "vitest";
import { critic } from "../../agents/critic.ts";
import { common } from "../prompts/task.ts";
import { always, scriptedModel } from "../support/scripted-model.ts";

test("the critic's remark is added to the summary", async () => {
  const { model, asks } = scriptedModel({ critic: always("It used one seed.") });
  const { summary } = await critic({ model, settings: { share: "all" } })({ ...common, summary: "The hour matters." });
  expect(summary).toBe("The hour matters.\\nIt used one seed.");
  expect(asks[0]).toMatchObject({ role: "checking", parts: "The hour matters." });
});
`,
} as const;
const GRAPH = "graphs/refinement.ts";
const EDGE = '    .addEdge("summarizer", "extractor")\n';
const NODE = `    .addNode(
      "critic",
      node(async (state, runtime) => {
        const summary = state.summary ?? "";
        return critic(ports)({ ...commonAt(ports, stepPlace(state).text), summary }, runtime);
      }),
    )
    .addEdge("summarizer", "critic")
    .addEdge("critic", "extractor")
`;
const IMPORT = "import { begins,";
const LEFT_BEHIND = ["node_modules", ".git", "runs", "dist"];

const house = mkdtempSync(join(tmpdir(), "mle-star-new-agent-"));
/** What the command printed, in the copy of the house; it must succeed. */
function run(command: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: house, encoding: "utf8" });
  expect(status, `${stdout}${stderr}`).toBe(0);
  return stdout;
}
const tool = (name: string) => resolve("node_modules/.bin", name);

beforeAll(() => {
  cpSync(".", house, {
    recursive: true,
    filter: (path) => !LEFT_BEHIND.includes(basename(path)),
  });
  symlinkSync(resolve("node_modules"), join(house, "node_modules"));
  for (const [path, text] of Object.entries(MADE)) writeFileSync(join(house, path), text);
  const graph = readFileSync(GRAPH, "utf8");
  for (const line of [EDGE, IMPORT]) expect(graph).toContain(line);
  const wired = graph.replace(EDGE, NODE).replace(IMPORT, `${IMPORT} commonAt,`);
  writeFileSync(join(house, GRAPH), `import { critic } from "../agents/critic.ts";\n${wired}`);
});

afterAll(() => rmSync(house, { recursive: true }));

test("with three new files and a node in a graph, the house type-checks and the agent's test passes", () => {
  run(tool("tsc"));
  run(tool("vitest"), "run", "tests/agents/critic.test.ts");
});

test("roster, --model-for, drawing and the built-in engineer's refusal know the agent by itself", () => {
  const program = `
    import { roster } from "./agents/define-agent.ts";
    import { ModelChoice } from "./src/core/model-choice.ts";
    import { offlineModel } from "./src/models/engineer/offline-model.ts";
    import { chooseModel } from "./src/run/choose-model.ts";
    import { drawGraphs } from "./src/server/draw-graphs.ts";
    chooseModel(ModelChoice.parse({ model: "ollama:a", modelFor: { critic: "ollama:b" } }), {}, {});
    const ask = { agent: "critic", role: "checking", at: "", parts: "", input: {}, prompt: "" };
    const refusal = await offlineModel().text(ask).catch((error) => error.message);
    const drawing = await drawGraphs();
    const drawn = drawing.includes("critic --> extractor");
    console.log(JSON.stringify({ entry: roster.get("critic"), drawn, refusal }));`;
  const told: unknown = JSON.parse(run(process.execPath, "--input-type=module", "--eval", program));
  expect(told).toEqual({
    entry: { role: "checking" },
    drawn: true,
    refusal: expect.stringMatching(/^critic: .*built-in engineer/),
  });
});
