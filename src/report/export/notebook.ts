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

/** What runs the script of a blend: it runs others that lie beside it, which a notebook cannot hold. */
const RUN = `# %% Run the scripts of the members, and join what they predict
import runpy

runpy.run_path("solution.py", run_name="__main__")

# %% What is predicted
import pandas as pd

pd.read_csv("final/submission.csv").head(20)
`;

/** A script as a Jupyter notebook, format 4.5: its code unchanged, a cell for each section below its heading; a blend is run from its file. */
export function notebookOf(
  script: string,
  title: string,
  { isBlend }: { isBlend: boolean },
): string {
  const cells = [
    markdownCell(`# ${escaped(title)}`),
    ...scriptSections(isBlend ? RUN : script).flatMap((section) => [
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
