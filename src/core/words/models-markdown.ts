import { SettingsError } from "../errors.ts";
import type { ModelDescription } from "../model-description.ts";
import { fenceAround } from "./fence-around.ts";

const SOURCE = /^[ \t]*Source: (\S+)[ \t]*$/;
const HEADING = /^#{1,6}[ \t]+(\S.*)$/;
const FENCE = /^[ \t]*(`{3,}|~{3,})/;

interface Section {
  name: string;
  line: number;
  prose: string[];
  code: string[];
}

/**
 * Model descriptions as a person writes them in Markdown: a heading with the name, a few sentences, one fenced block of
 * example code; lines `Source: <address>` are kept apart.
 */
export function modelsFromMarkdown(text: string): ModelDescription[] {
  const sections = sectionsOf(text.split(/\r?\n/));
  if (sections.length === 0)
    throw new SettingsError(
      'there is no model in it: begin each with a heading, "## Name", then a description and a fenced Python block',
    );
  return sections.map(({ name, line, prose, code }) => {
    if (code.join("").trim() === "")
      throw new SettingsError(
        `model "${name}" (line ${line}) has no example code: add a fenced Python block that fits it and predicts`,
      );
    return {
      name,
      description: prose
        .filter((one) => !SOURCE.test(one))
        .join("\n")
        .trim(),
      exampleCode: `${code.join("\n").trim()}\n`,
      sources: prose.flatMap((one) => SOURCE.exec(one)?.[1] ?? []),
    };
  });
}

/** What stands below each heading; a fence that is not closed ends with the text, and nothing in one is a heading. */
function sectionsOf(lines: readonly string[]): Section[] {
  const sections: Section[] = [];
  let fence: string | null = null;
  for (const [index, line] of lines.entries()) {
    const mark: string | null = FENCE.exec(line)?.[1] ?? null;
    const [, title] = (fence === null && HEADING.exec(line)) || [];
    const section = sections.at(-1);
    if (title !== undefined) {
      const name = title.replace(/(?<!#)#+$/, "").trimEnd() || title;
      sections.push({ name, line: index + 1, prose: [], code: [] });
    } else if (fence !== null && mark?.startsWith(fence) && mark === line.trim()) fence = null;
    else if (fence !== null) section?.code.push(line);
    else if (mark !== null) {
      fence = mark;
      section?.prose.push("");
    } else section?.prose.push(line);
  }
  return sections;
}

/** The descriptions in the form that `modelsFromMarkdown` reads. */
export function modelsToMarkdown(models: readonly ModelDescription[]): string {
  const parts = models.flatMap(({ name, description, exampleCode, sources }) => {
    const fence = fenceAround(exampleCode);
    return [
      `## ${name}`,
      description.trim(),
      sources.map((source) => `Source: ${source}`).join("\n"),
      `${fence}python\n${exampleCode.trim()}\n${fence}`,
    ];
  });
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
