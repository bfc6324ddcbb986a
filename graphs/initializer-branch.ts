import { type LangGraphRunnableConfig, Send } from "@langchain/langgraph";
import { z } from "zod";
import { initializer } from "../agents/initializer.ts";
import { ModelDescription } from "../src/core/model-description.ts";
import { Place } from "../src/core/place.ts";
import { type Evaluation, noteCandidate } from "./evaluation.ts";
import type { Explore } from "./exploration.ts";
import { begins, commonAt, ids, orElse, Seen } from "./node.ts";
import type { Ports } from "./ports.ts";

/** One branch of the fan-out: a model to write a script with. */
export const Branch = Seen.extend({
  at: z.string(),
  description: ModelDescription,
  candidates: ids,
});
type Branch = z.infer<typeof Branch>;

/** One retrieved model (A_init), once the data were looked at: its script, and the score of it. A model that cannot be used is data. */
export const branchOf =
  (ports: Ports, { evaluate }: Evaluation, explore?: Explore) =>
  async ({ at, description }: Branch, runtime: LangGraphRunnableConfig) => {
    const { journal } = ports;
    await explore?.(runtime);
    const seen = () => journal.ledger.count;
    if (!begins(ports, { kind: "candidate", at })) return {};
    const title = description.name;
    const write = orElse(initializer(ports), ({ message }) => ({ draft: "", problem: message }));
    const written = await write({ ...commonAt(ports, at), description }, runtime);
    const failed = { id: at, script: "", run: null, score: null };
    if ("problem" in written) {
      noteCandidate(journal, { title }, { ...failed, problem: written.problem });
      return { candidates: [at], seen: seen() };
    }
    const fresh = { at: Place.parse(at), title, script: written.draft };
    const { id } = await evaluate({ ...fresh, purpose: "solution" }, runtime);
    return { candidates: [id], seen: seen() };
  };

/** The fan-out: a branch for each model. */
export const eachModel = ({ at, models }: { at: string; models: ModelDescription[] }) =>
  models.length === 0
    ? "pick-base"
    : models.map((description, index) => {
        const branch = Place.parse(at).model(index + 1).text;
        return new Send("initializer", { at: branch, description });
      });
