import type { ChatRequest } from "./chat.ts";

/** What lies in a mailbox for whoever answers there. */
export const MAILBOX_README = `# A mailbox: questions of MLE-STAR, answered by whoever works here

- A question is a file \`in/NNNN.md\`: who asks, what form the answer must have, and the question itself. \`in/NNNN.json\` is the same
  as it was sent.
- Its answer is the file \`out/NNNN.md\` of the same number. Write it under another name and rename it (\`mv\`) when it is whole.
- Where data are asked for, the answer is JSON, plain or in one fenced block. Where a script is asked for, it is one fenced Python
  block. Any other answer is text.
- An answer that cannot be read is asked for once more, under a new number, with what is wrong with it.
- Several questions may wait at once, and may be answered in any order. Open are those in \`in/\` as \`.md\` without an answer in
  \`out/\`; an empty answer counts as none. A question that nobody waits for any more loses its \`.md\`. When a run is resumed, the
  questions it still has come back under their old numbers.
- Each question is meant to be answered from its own text alone.
`;

/** The question as it is read: who asks, the form and the place of the answer, then all that was said. */
export function questionForPeople(number: string, run: string, request: ChatRequest): string {
  const { ask, messages, schema } = request;
  const form =
    schema === null
      ? "text; where a script is asked for, one fenced Python block"
      : "JSON, plain or in one fenced block; its schema stands below the question";
  const [{ text: question } = { text: "" }, ...more] = messages;
  const since = more.map(({ role, text }) => `\n---\n\n# ${TITLES[role]}\n\n${text.trimEnd()}\n`);
  return `# Question ${number}

- asked by: ${ask.agent} (${ask.role}), at ${ask.at || "the start"} of run ${run}
- answer in: out/${number}.md
- form of the answer: ${form}

---

${question.trimEnd()}
${since.join("")}`;
}

const TITLES = { assistant: "Your answer", user: "What is wrong with it" };
