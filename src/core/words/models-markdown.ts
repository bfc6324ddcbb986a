import { SettingsError } from "../errors.ts";
import type { ModelDescription } from "../model-description.ts";

const SOURCE = /^[ \t]*Source: (\S+)[ \t]*$\n?/gm;
/** A fenced block to its end, which is that of the text when the fence is not closed. */
const FENCED = /^[ \t]*(`{3,}|~{3,}).*\n([\s\S]*?)(?:^[ \t]*\1[ \t]*$|(?![\s\S]))/gm;
const HEADING = /^#{1,6}[ \t]+(.+?)[ \t]*#*$/gm;

/**
 * Model descriptions as a person writes them in Markdown: a heading with the name, a few sentences, one fenced block of
 * example code; lines `Source: <address>` are kept apart.
 */
export function modelsFromMarkdown(text: string): ModelDescription[] {
  const lines = text.replaceAll("\r\n", "\n");
  // Of equal length, so that what stands in code is no heading and all places stay what they are.
  const prose = lines.replace(FENCED, (block) => block.replace(/[^\n]/g, " "));
  const headings = [...prose.matchAll(HEADING)];
  if (headings.length === 0)
    throw new SettingsError(
      'there is no model in it: begin each with a heading, "## Name", then a description and a fenced Python block',
    );
  return headings.map(({ 0: heading, 1: name = "", index }, number) => {
    const section = lines.slice(index + heading.length, headings[number + 1]?.index);
    const code = [...section.matchAll(FENCED)].map(([, , inside = ""]) => inside);
    if (code.join("").trim() === "")
      throw new SettingsError(
        `model "${name}" (line ${lines.slice(0, index).split("\n").length}) has no example code: add a fenced Python block that fits it and predicts`,
      );
    const words = section.replace(FENCED, "");
    return {
      name,
      description: words.replace(SOURCE, "").trim(),
      exampleCode: `${code.join("").trim()}\n`,
      sources: [...words.matchAll(SOURCE)].map(([, address = ""]) => address),
    };
  });
}

/** The descriptions in the form that `modelsFromMarkdown` reads. */
export function modelsToMarkdown(models: readonly ModelDescription[]): string {
  const parts = models.flatMap(({ name, description, exampleCode, sources }) => {
    // Longer than any in the code.
    const runs = [...exampleCode.matchAll(/`{3,}/g)].map(([run]) => run.length + 1);
    const fence = "`".repeat(Math.max(3, ...runs));
    return [
      `## ${name}`,
      description.trim(),
      sources.map((source) => `Source: ${source}`).join("\n"),
      `${fence}python\n${exampleCode.trim()}\n${fence}`,
    ];
  });
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
