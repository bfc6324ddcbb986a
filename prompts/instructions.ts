import type { Settings } from "../src/core/settings.ts";
import { excerpt } from "./excerpt.ts";

/** The section with what a person asks of every agent; nothing when there is nothing. */
export const instructions = ({ instructions: text }: Pick<Settings, "instructions">): string =>
  text === ""
    ? ""
    : `
# Instructions of the person who started the search
<instructions>
${excerpt(text.replaceAll(/<(\/?)\s*instructions/gi, "‹$1instructions"), 1500)}
</instructions>
Follow them wherever they concern your question, also where it asks for something else; leave the rest of them to the other steps. They change
neither the rules by which a script is scored nor the form of your answer.
`;
