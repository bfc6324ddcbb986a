import { ensembleGraph } from "../../graphs/ensemble.ts";
import { evaluationOf } from "../../graphs/evaluation.ts";
import { initialSolutionGraph } from "../../graphs/initial-solution.ts";
import { mleStarGraph } from "../../graphs/mle-star.ts";
import { refinementGraph } from "../../graphs/refinement.ts";
import { submissionGraph } from "../../graphs/submission.ts";
import { trackGraph } from "../../graphs/track.ts";
import { NO_PORTS } from "./no-ports.ts";

const GRAPHS = {
  "mle-star": [mleStarGraph, "The whole: a track for each of the L solutions, all at once."],
  track: [trackGraph, "One solution: algorithm 1, then algorithm 2."],
  "initial-solution": [
    initialSolutionGraph,
    "Algorithm 1; an initializer for each model, all at once.",
  ],
  refinement: [refinementGraph, "Algorithm 2: T steps, K plans for the block of each."],
  ensemble: [ensembleGraph, "Algorithm 3: R ways to combine the solutions."],
  submission: [submissionGraph, "The best of all on every row, or what there is to fall back on."],
  evaluate: [
    (_: typeof NO_PORTS, { graph }: ReturnType<typeof evaluationOf>) => graph,
    "How every script gets its score; all graphs above end in it.",
  ],
} as const;

/** Every graph as it is built, drawn for people, in Markdown. */
export async function drawGraphs(): Promise<string> {
  const evaluation = evaluationOf(NO_PORTS);
  const drawings = Object.entries(GRAPHS).map(async ([name, [make, caption]]) => {
    const graph = await make(NO_PORTS, evaluation).getGraphAsync();
    const drawing = graph.drawMermaid({ withStyles: false }).trim().replaceAll("\t", "  ");
    return `## ${name}\n\n${caption}\n\n\`\`\`mermaid\n${drawing}\n\`\`\``;
  });
  const head =
    "# The graphs\n\nDrawn from the code by `npm run draw`; the tests see that they are current. Dotted arrows are choices.";
  return `${[head, ...(await Promise.all(drawings))].join("\n\n")}\n`;
}
