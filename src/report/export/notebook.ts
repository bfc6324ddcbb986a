import { escaped } from "../markdown/from-html.ts";

/** A script as the parts between its `# %% Title` lines; one without them is one part. */
export function scriptSections(script: string): { title: string | null; code: string }[] {
  const parts = ["", ...script.split(/^# %%(.*)$/m)];
  return parts
    .map((text, index) => ({
      title: parts[index - 1]?.trim() || null,
      code: text.replace(/^\n+/, "").trimEnd(),
    }))
    .filter(({ code }, index) => index % 2 === 1 && code !== "");
}

/** A script as a Jupyter notebook, format 4.5: its code unchanged, a cell for each section below its heading. */
export function notebookOf(script: string, title: string): string {
  const cells = [
    markdownCell(`# ${escaped(title)}`),
    ...scriptSections(script).flatMap((section) => [
      ...(section.title === null ? [] : [markdownCell(`## ${escaped(section.title)}`)]),
      codeCell(section.code),
    ]),
  ].map((cell, index) => ({ id: `cell-${index + 1}`, ...cell }));
  const metadata = {
    kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
    language_info: { name: "python" },
  };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

/** Notebooks keep text as lines that hold their own line ends. */
const cell = (cell_type: string, text: string) => ({
  cell_type,
  metadata: {},
  source: text.split(/(?<=\n)/),
});

const markdownCell = (text: string) => cell("markdown", text);
const codeCell = (code: string) => ({ ...cell("code", code), execution_count: null, outputs: [] });
