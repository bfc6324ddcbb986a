import { markdown } from "../markdown/markdown.ts";

interface Section {
  title: string | null;
  code: string;
}

/** A script as the parts between its `# %% Title` lines; one without them is one part. */
export function scriptSections(script: string): Section[] {
  const sections: { title: string | null; lines: string[] }[] = [{ title: null, lines: [] }];
  for (const line of script.split("\n")) {
    const title = /^# %%\s*(.*)$/.exec(line)?.[1];
    if (title === undefined) sections.at(-1)?.lines.push(line);
    else sections.push({ title: title.trim() || null, lines: [] });
  }
  return sections
    .map(({ title, lines }) => ({ title, code: lines.join("\n").replace(/^\n+|\s+$/g, "") }))
    .filter(({ code }) => code !== "");
}

/** A script as a Jupyter notebook, format 4.5: its code unchanged, a cell for each section below its heading. */
export function notebookOf(script: string, title: string): string {
  const cells = [
    markdownCell(markdown`# ${title}`.text),
    ...scriptSections(script).flatMap((section) => [
      ...(section.title === null ? [] : [markdownCell(markdown`## ${section.title}`.text)]),
      codeCell(section.code),
    ]),
  ].map((cell, index) => ({ id: `cell-${index + 1}`, ...cell }));
  const metadata = {
    kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
    language_info: { name: "python" },
  };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

const markdownCell = (text: string) => ({
  cell_type: "markdown",
  metadata: {},
  source: linesOf(text),
});

const codeCell = (code: string) => ({
  cell_type: "code",
  execution_count: null,
  metadata: {},
  outputs: [],
  source: linesOf(code),
});

/** Notebooks keep text as lines that hold their own line ends. */
const linesOf = (text: string) => text.split(/(?<=\n)/);
