import { agentOfPrompt } from "./agent-of-prompt.ts";
import { fenced } from "./scripted-model.ts";

const FOREST = "RandomForestClassifier(n_estimators=120, random_state=seed, n_jobs=cpus)";
const VECTORS = "SVC(C=5, gamma=0.3)";
const MODELS: Readonly<Record<string, string>> = {
  "Random forest": FOREST,
  "Support vectors": VECTORS,
  "Nearest neighbours": "KNeighborsClassifier(3, n_jobs=cpus)",
  "Extra trees": "ExtraTreesClassifier(n_estimators=120, random_state=seed, n_jobs=cpus)",
};
const FEATURES = `# features
def features(frame):
    return frame.filter(like="pixel_").to_numpy() / 16.0`;

/** A whole solution of the digits task around one model. */
const solution = (model: string, features = FEATURES) => `import os
import numpy as np
import pandas as pd
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier, VotingClassifier
from sklearn.metrics import accuracy_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

# loading
seed = int(os.environ.get("MLE_STAR_SEED", "0"))
cpus = int(os.environ.get("MLE_STAR_CPUS", "1"))
cap = int(os.environ.get("MLE_STAR_MAX_TRAIN_ROWS", "0"))
train = pd.read_csv("./input/train.csv")
test = pd.read_csv("./input/test.csv")
sample = pd.read_csv("./input/sample_submission.csv")

# folds
folds = pd.read_csv("./input/folds.csv")
fold = np.full(len(train), -1)
fold[folds["row"]] = folds["fold"]
def fitting(number):
    rows = train[fold != number]
    return rows.sample(min(cap, len(rows)), random_state=seed) if cap else rows

${features}

# model
model = ${model}

# validation
classes = pd.read_csv("./input/classes.csv")["class"].to_numpy()
def scores_of(rows):
    if hasattr(model, "predict_proba"):
        return model.predict_proba(features(rows))
    return (model.predict(features(rows))[:, None] == classes).astype(float)
scores = np.zeros((len(train), len(classes)))
for number in range(fold.max() + 1):
    model.fit(features(fitting(number)), fitting(number)["digit"])
    scores[fold == number] = scores_of(train[fold == number])
scores = scores[folds["row"]]
score = accuracy_score(train["digit"].to_numpy()[folds["row"]], classes[scores.argmax(axis=1)])

# submission
model.fit(features(train), train["digit"])
os.makedirs("./final", exist_ok=True)
sample["digit"] = classes[scores_of(test).argmax(axis=1)]
sample.to_csv("./final/submission.csv", index=False)
asked = pd.read_csv("./input/validation_sample.csv")
asked["digit"] = classes[scores.argmax(axis=1)]
asked.to_csv("./final/validation.csv", index=False)
np.save("./final/validation_scores.npy", scores.astype(np.float32))
np.save("./final/test_scores.npy", scores_of(test).astype(np.float32))
print(f"Final Validation Performance: {score}")`;

const JOINED = `VotingClassifier([("a", ${FOREST}), ("b", ${VECTORS})])`;

const LEAK = `# features
center = train.filter(like="pixel_").to_numpy().mean(axis=0)
def features(frame):
    return (frame.filter(like="pixel_").to_numpy() - center) / 16.0`;

const ABLATION = `${solution(FOREST).split("# validation")[0]}
held = train[fold == fold.max()]
def scored(make):
    rows = fitting(fold.max())
    model.fit(make(rows), rows["digit"])
    return accuracy_score(held["digit"], model.predict(make(held)))
print("Ablation[baseline]:", scored(features))
print("Ablation[scaling of the pixels]:", scored(lambda frame: frame.filter(like="pixel_").to_numpy()))
print("Ablation[lower half of the picture]:", scored(lambda frame: features(frame)[:, :32]))`;

/** The features block of the script that the prompt shows with line numbers. */
function shownFeatures(prompt: string): string {
  const lines = [...prompt.matchAll(/^ *\d+ \| ?(.*)$/gm)].map(([, line = ""]) => line);
  return lines
    .slice(
      lines.findIndex((line) => line.startsWith("# features")),
      lines.indexOf("# model"),
    )
    .join("\n")
    .trimEnd();
}

const chooses = (block: string) =>
  // As weak models write it: single quotes and a trailing comma around a block with real line breaks.
  `The features matter most.\n{'block': ${JSON.stringify(block)}, 'firstLine': null, 'lastLine': null, 'plan': 'Add the sums of rows and columns.',}`;

const sums = (plan: number) => `# features, by plan ${plan}
def features(frame):
    pixels = frame.filter(like="pixel_").to_numpy() / 16.0
    squares = pixels.reshape(-1, 8, 8)
    return np.hstack([pixels, squares.sum(axis=1) / 8, squares.sum(axis=2) / 8])`;

/** What a middling model answers about the digits: mostly good, with a crash, a leak, a slip and odd JSON among it. */
export function digitsAnswer(prompt: string): string {
  const agent = agentOfPrompt(prompt);
  const [, step = "none"] = /^Those at (\S+) in the notebook/m.exec(prompt) ?? [];
  const listed = prompt.match(/^ {3}Outcome:/gm)?.length ?? 0;
  const attempts = Math.max(listed, prompt.split(`- ${step}/attempt-`).length - 1);
  const [, plan = "0"] = /with kernel (\d+)/.exec(prompt) ?? [];
  const [, named = ""] = /<untrusted source="model description">\n(.*)/.exec(prompt) ?? [];
  switch (agent) {
    case "task-analyst":
      return `The pictures are to be named rightly:\n${JSON.stringify({ metric: "accuracy", direction: "maximize", modality: "tabular" })}`;
    case "explorer":
      return fenced('print("the target is balanced")');
    case "query-writer":
      return JSON.stringify({ queries: ["handwritten digits classification scikit-learn"] });
    case "retriever":
      return `Here are two:\n${JSON.stringify({
        models: Object.entries(MODELS).map(([name, exampleCode]) => ({
          name,
          description: "It suits pictures of few pixels.",
          exampleCode,
          sources: [],
        })),
      })}`;
    case "initializer":
      if (named === "Random forest") return `Sure!\n${fenced(solution(FOREST, LEAK))}`;
      if (named === "Support vectors")
        return fenced(solution(VECTORS).replace('like="pixel_"', 'like="pixels"'));
      return fenced(solution(MODELS[named] ?? FOREST));
    case "debugger":
      return fenced(solution(VECTORS));
    case "merger":
      return fenced(solution(JOINED));
    case "leakage-checker":
      return prompt.includes("center = train")
        ? JSON.stringify({
            leaks: true,
            explanation: "The mean is taken over the validation rows too.",
            block: LEAK,
            correction: LEAK.replace("center = train", "center = fitting(0)"),
          })
        : JSON.stringify({ leaks: false, explanation: "Split first.", block: "", correction: "" });
    case "data-usage-checker":
      return JSON.stringify({ usesAll: true, explanation: "All pixels are used.", script: "" });
    case "ablator":
      return fenced(ABLATION);
    case "summarizer":
      return "Without the lower half of the picture accuracy falls most; scaling hardly matters.";
    case "extractor":
      return chooses(shownFeatures(prompt));
    case "planner":
      return JSON.stringify({
        plan: `Blur the pictures slightly, with kernel ${attempts + 1}, before the model sees them.`,
      });
    case "coder":
      return fenced(sums(Number(plan)));
    case "ensemble-planner":
      return "Let a weighted vote decide.";
    case "ensembler":
      return fenced(solution(JOINED, sums(attempts)));
    case "submitter":
      return fenced(solution(JOINED, sums(0)));
    default:
      return "";
  }
}
