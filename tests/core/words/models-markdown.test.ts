import { expect, test } from "vitest";
import { modelsFromMarkdown, modelsToMarkdown } from "../../../src/core/words/models-markdown.ts";

const realMlp = `# RealMLP

A multilayer perceptron with
good defaults for tables.

Source: https://example.org/realmlp

\`\`\`python
# not a heading
from pytabkit import RealMLP_TD_Classifier
model = RealMLP_TD_Classifier().fit(X, y)
\`\`\`
`;

test("a heading is the name, the prose the description, the fenced block the code", () => {
  expect(modelsFromMarkdown(realMlp)).toEqual([
    {
      name: "RealMLP",
      description: "A multilayer perceptron with\ngood defaults for tables.",
      exampleCode:
        "# not a heading\nfrom pytabkit import RealMLP_TD_Classifier\nmodel = RealMLP_TD_Classifier().fit(X, y)\n",
      sources: ["https://example.org/realmlp"],
    },
  ]);
});

test("what is written as Markdown reads as it was", () => {
  const models = [
    ...modelsFromMarkdown(realMlp),
    { name: "b", description: "", exampleCode: "s = '''\n```\n# x\n'''\n", sources: [] },
  ];
  expect(modelsFromMarkdown(modelsToMarkdown(models))).toEqual(models);
});

test.each([
  { text: "", says: /no model in it/ },
  { text: "only prose", says: /no model in it/ },
  { text: "## A\nno code", says: /"A" \(line 1\) has no example code/ },
  { text: "## A\n```\n\n```\n", says: /"A"/ },
  { text: "\n## A\n```python\nx\n```\n## B\nprose", says: /"B" \(line 6\)/ },
])("$text is refused, and the sentence says where", ({ text, says }) => {
  expect(() => modelsFromMarkdown(text)).toThrow(says);
});
