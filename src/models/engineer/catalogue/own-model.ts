import { AgentOutputError } from "../../../core/errors.ts";
import { type Facts, isInstalled } from "../recipe/facts.ts";
import { type Part, part, splitOutside } from "../recipe/recipe.ts";
import type { CatalogueModel } from "./catalogue-model.ts";

const IMPORT = /^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+([\w, ]+)$/gm;
/** So many imported names are looked for in the code. */
const MOST_NAMES = 40;
const REGRESSOR = /(Regressor|SVR|Ridge|Lasso|ElasticNet|LinearRegression|ARDRegression)$/;
const CLASSIFIER = /(Classifier|SVC|LogisticRegression|NB|DiscriminantAnalysis)$/;
/** A keyword argument that is a plain value; anything else would need names that the script lacks. */
const KEYWORD =
  /^(\w+)\s*=\s*([-+]?[\d._]+(?:e[-+]?\d+)?|"[^"]*"|'[^']*'|True|False|None|[([][^\n]*[)\]])$/i;

/** The estimator class that a person's example code imports and constructs, as an ingredient of the Model cell. */
export function ownModelFrom(facts: Facts, name: string, exampleCode: string): Part {
  let names = 0;
  for (const [, module = "", list = ""] of exampleCode.matchAll(IMPORT))
    for (const imported of list.split(",", MOST_NAMES).map((text) => text.trim())) {
      if (++names > MOST_NAMES) break;
      const [, call] = exampleCode.split(new RegExp(`\\b${imported}(?=\\()`));
      const estimator = forTask(facts, imported);
      if (estimator === null || call === undefined) continue;
      const needed = packageOf(module);
      if (!isInstalled(facts, needed))
        throw new AgentOutputError(
          "initializer",
          `"${name}" needs the Python package ${needed}, which is not installed`,
        );
      const [brackets = ""] = /^\((?:[^()]|\([^()]*\))*\)/.exec(call) ?? [];
      const keywords = splitOutside(brackets.slice(1, -1)).flatMap((argument) => {
        const [, key = "", value = ""] = KEYWORD.exec(argument) ?? [];
        return key === "" ? [] : [[key, value]];
      });
      return part("own", { class: `${module}.${estimator}`, ...Object.fromEntries(keywords) });
    }
  throw new AgentOutputError(
    "initializer",
    `the built-in engineer finds no estimator with fit and predict in the example code of "${name}": import one (from package import SomeRegressor or SomeClassifier) and construct it`,
  );
}

/** A recipe's own model as a catalogue entry. */
export function ownModel({ options }: Part): CatalogueModel {
  const { class: path = "sklearn.dummy.DummyRegressor", ...settings } = options;
  const module = path.slice(0, path.lastIndexOf("."));
  const name = path.slice(module.length + 1);
  const call = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  const pipeline = `make_pipeline(SimpleImputer(keep_empty_features=True), StandardScaler(), ${name}(${call.join(", ")}))`;
  return {
    name: "own",
    title: name,
    description: "A model of the person's own.",
    package: packageOf(module),
    suits: () => 0,
    sized: () => ({}),
    imports: [`from ${module} import ${name}`],
    // These may only decide, so that their probabilities must be learnt.
    python: () =>
      /SVC$|RidgeClassifier$/.test(name)
        ? `CalibratedClassifierCV(${pipeline}, ensemble=False, cv=3)`
        : pipeline,
  };
}

function packageOf(module: string): string {
  const [root = module] = module.split(".");
  return root === "sklearn" ? "scikit-learn" : root;
}

/** The class itself, or its sibling for the task's kind of target; null when it is no estimator for it. */
function forTask({ kind }: Facts, imported: string): string | null {
  if (kind === "regression") {
    const sibling = imported.replace(/SVC$/, "SVR").replace(/Classifier$/, "Regressor");
    return REGRESSOR.test(sibling) ? sibling.replace("RidgeRegressor", "Ridge") : null;
  }
  const sibling = imported.replace(/SVR$/, "SVC").replace(/Regressor$|(?<=^Ridge)$/, "Classifier");
  return CLASSIFIER.test(sibling) ? sibling : null;
}
