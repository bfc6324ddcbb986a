import type { Common } from "../src/core/questions.ts";
import type { Notebook } from "../src/core/tried-plan.ts";
import { oneLine, tail } from "./excerpt.ts";
import { untrusted } from "./fence.ts";

const MOST_UNDERWAY = 4;
const PLAN_CHARACTERS = 400;
const MOST_PAIRS = 15;
const WORST_TOKENS = 300;

/** What whoever plans is to know beside what was tried: what others are about to try, how alike members are, and what the best gets wrong. */
export function outlook({ notebook }: Pick<Common, "notebook">): string {
  if (notebook === null) return "";
  return [...underway(notebook), ...alike(notebook), ...worst(notebook)]
    .map((part) => `\n${part}\n`)
    .join("");
}

const underway = ({ underway: plans }: Notebook): string[] =>
  plans.length === 0
    ? []
    : [
        `# Under way on other tracks: plan something else
${plans
  .slice(0, MOST_UNDERWAY)
  .map(({ at, plan }) => `- ${at}: ${oneLine(plan, PLAN_CHARACTERS)}`)
  .join("\n")}`,
      ];

const alike = ({ alike: pairs }: Notebook): string[] =>
  pairs.length === 0
    ? []
    : [
        `# How alike the members that weigh most are: correlation of errors (labels) or ranks, by their numbers
${pairs
  .slice(0, MOST_PAIRS)
  .map(({ numbers, correlation }) => `${numbers.join("/")} ${correlation}`)
  .join(", ")}`,
      ];

const worst = ({ worst: lines }: Notebook): string[] =>
  lines === null || lines === ""
    ? []
    : [
        `# What the best result so far gets most wrong\n${untrusted("worst lines", tail(lines, WORST_TOKENS))}`,
      ];
