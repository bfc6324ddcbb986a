import type { z } from "zod";
import { edited, editsIn } from "../prompts/script-edits.ts";
import { AgentOutputError } from "../src/core/errors.ts";
import type { Ask, Model, Role } from "../src/core/ports.ts";
import { pythonBlock } from "../src/core/python-block.ts";
import type { Settings } from "../src/core/settings.ts";
import { shared } from "../src/core/words/share.ts";

interface AgentSpec<Reads extends { at: string }, Answer, Writes> {
  /** The agent's file name, its node in the graph, and its run name in LangSmith. */
  name: string;
  /** Its kind of work: a model and a temperature can be chosen for each. */
  role: Role;
  /** What the agent sees of the state, put into words. */
  prompt: (state: Reads) => string;
  /** What its answer is made of: the same parts at the same place are the same question, whatever was shown beside them. */
  parts: (state: Reads) => unknown;
  /** What its answer changes in the state. */
  update: (answer: Answer, state: Reads) => Writes;
}

/** An agent with its model: a question from the state it reads to the update it writes. */
type AgentNode<Reads, Writes> = (deps: {
  model: Model;
  settings: Pick<Settings, "share">;
}) => (state: Reads, runtime?: { signal?: AbortSignal | undefined }) => Promise<Writes>;

const defined = new Map<string, { role: Role }>();

/** Every agent by its name: one is entered as it is defined. */
export const roster: ReadonlyMap<string, { role: Role }> = defined;

/** An agent that answers as `answer` has it; defining it enters it in the roster. */
function agentOf<Reads extends { at: string }, Answer, Writes>(
  { name, role, prompt, parts, update }: AgentSpec<Reads, Answer, Writes>,
  answer: (model: Model, ask: Ask, state: Reads) => Promise<Answer>,
): AgentNode<Reads, Writes> {
  defined.set(name, { role });
  return ({ model, settings: { share } }) =>
    async (state, runtime) => {
      const question = { agent: name, role, at: state.at, parts: parts(state), input: state };
      const ask = { ...question, prompt: prompt(shared(state, share)), signal: runtime?.signal };
      return update(await answer(model, ask, state), state);
    };
}

/** An agent that answers with data of a known shape. */
export const dataAgent = <Reads extends { at: string }, Answer, Writes>({
  schema,
  ...agent
}: AgentSpec<Reads, Answer, Writes> & { schema: z.ZodType<Answer> }): AgentNode<Reads, Writes> =>
  agentOf(agent, (model, ask) => model.data({ ...ask, schema }));

/** An agent that answers in prose, taken as it is. */
export const textAgent = <Reads extends { at: string }, Writes>(
  agent: AgentSpec<Reads, string, Writes>,
): AgentNode<Reads, Writes> =>
  agentOf(
    agent,
    readAs((answer) => answer.trim() && answer, "the answer is empty"),
  );

/** An agent that answers with one fenced Python block; only the code is kept. */
export const codeAgent = <Reads extends { at: string }, Writes>(
  agent: AgentSpec<Reads, string, Writes>,
): AgentNode<Reads, Writes> =>
  agentOf(agent, readAs(pythonBlock, "there is no Python code block in it"));

/** An agent that answers with a script, whole or as edits of the one that it is shown; only the script is kept. */
export const editAgent = <Reads extends { at: string }, Writes>({
  script,
  ...agent
}: AgentSpec<Reads, string, Writes> & {
  script: (state: Reads) => string;
}): AgentNode<Reads, Writes> =>
  agentOf(
    agent,
    readAs((answer, state) => {
      const edits = editsIn(answer);
      return edits.length > 0 ? edited(script(state), edits) : pythonBlock(answer);
    }, "there is no Python code block in it, and no edits whose lines stand exactly once in the script"),
  );

/** Asks for a text and reads it; one that says nothing is no answer. */
const readAs =
  <Reads>(read: (answer: string, state: Reads) => string | null, problem: string) =>
  async (model: Model, ask: Ask, state: Reads): Promise<string> => {
    const check = (answer: string) => (read(answer, state) ? null : problem);
    const said = read(await model.text({ ...ask, check }), state);
    if (!said) throw new AgentOutputError(ask.agent, problem);
    return said;
  };
