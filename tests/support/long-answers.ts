import { agentOfPrompt } from "./agent-of-prompt.ts";
import { fenced } from "./scripted-model.ts";

const block = (offset: number) => `# %% Model\nOFFSET = ${offset.toFixed(6)}`;

/** A solution in plain Python, over in a moment: a line, moved by an offset. */
const solution = (offset: number) => `import csv

# %% Data
train = list(csv.DictReader(open("input/train.csv")))
test = list(csv.DictReader(open("input/test.csv")))
rest = [float(row["y"]) - 2 * float(row["a"]) + float(row["b"]) for row in train]
folds = list(csv.DictReader(open("input/folds.csv")))
kept = {int(line["row"]): line["fold"] for line in folds}
means = {fold: sum(here) / len(here) for fold in {line["fold"] for line in folds}
         if (here := [value for at, value in enumerate(rest) if kept.get(at) != fold])}
mean = sum(rest) / len(rest)

${block(offset)}

# %% Validation
asked = list(csv.DictReader(open("input/validation_sample.csv")))
errors = []
with open("final/validation.csv", "w") as file:
    file.write("id,y\\n")
    for line, fold in zip(asked, folds):
        row, at = train[int(fold["row"])], means[fold["fold"]] + OFFSET
        file.write(f"{line['id']},{2 * float(row['a']) - float(row['b']) + at}\\n")
        errors.append((rest[int(fold["row"])] - at) ** 2)
with open("final/submission.csv", "w") as file:
    file.write("id,y\\n")
    for row in test:
        y = 2 * float(row["a"]) - float(row["b"]) + mean + OFFSET
        file.write(f"{row['id']},{y}\\n")
print("Final Validation Performance:", (sum(errors) / len(errors)) ** 0.5)
`;

const ABLATION = `print("Ablation[baseline]: 2.0")\nprint("Ablation[Model]: 2.1")\n`;

/** Answers for the tiny task as fast as they can be read, each attempt another script. */
export function longAnswers(): (prompt: string) => string {
  let asked = 0;
  return (prompt) => {
    asked += 1;
    const next = (asked % 997) / 997;
    const current = Number(/OFFSET = ([\d.]+)/.exec(prompt)?.[1] ?? 0);
    switch (agentOfPrompt(prompt)) {
      case "retriever":
        return JSON.stringify({
          models: [
            { name: "Mean", description: "The mean.", exampleCode: "mean = 0", sources: [] },
          ],
        });
      case "explorer":
        return fenced('print("the target is balanced")');
      case "query-writer":
        return JSON.stringify({ queries: ["mean of a table"] });
      case "leakage-checker":
        return JSON.stringify({ leaks: false, explanation: "No.", block: "", correction: "" });
      case "data-usage-checker":
        return JSON.stringify({ usesAll: true, explanation: "All.", script: "" });
      case "ablator":
        return fenced(ABLATION);
      case "summarizer":
        return "Without the model the error rises by 0.1.";
      case "extractor":
        return JSON.stringify({
          ...{ block: block(current), firstLine: null, lastLine: null },
          plan: `Set the offset to ${next}.`,
        });
      case "planner":
        return JSON.stringify({ plan: `Set the offset to ${next} and see whether it helps.` });
      case "ensemble-planner":
        return `Set the offset to ${next} and see whether the error falls.`;
      case "coder":
        return fenced(block(next));
      default:
        return fenced(solution(next));
    }
  };
}
