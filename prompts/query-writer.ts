import type { Common, RetrieverInput } from "../src/core/questions.ts";
import { briefing } from "./briefing.ts";
import { listed, namesOf, oneLine } from "./excerpt.ts";

export type QueryWriterInput = Common & Pick<RetrieverInput, "track" | "known">;

/** Asks for queries that find models for this task on the web. */
export const queryWriterPrompt = (input: QueryWriterInput): string => `${briefing(input)}
# Your question
Write three or four queries for a web search that will find recent, effective models for this task, with code in Python.

You must:
- aim each query at another kind of page: winning solutions of similar competitions, comparisons of models for such data, the
  documentation of a promising library, a recent method with code.
- describe the kind of data, the kind of target and the metric in general words.
You must not:
- put names of files or columns, personal data, or whole sentences of the task into a query: queries leave this machine.
- search for these, which are already there: ${listed(namesOf(input.known), 20)}.

The task is of the kind "${oneLine(input.task.modality, 40)}". This is track ${input.track} of ${
  input.settings.tracks
}: different tracks should search in different directions.

# Answer
One JSON object: {"queries": ["...", "..."]}, each query at most twelve words.
`;
