/** Characters that nobody sees in a script, or sees elsewhere than they stand. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** The only way from a name or a value of the task into Python: a string literal. */
export const pyString = (text: string): string => JSON.stringify(text).replace(UNSEEN, escaped);

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
}

/** Names in a comment or docstring: words, with what could end it or begin anything else left out. */
export const pyWords = (text: string): string =>
  text
    .replaceAll(/[^\p{L}\p{N}\p{M} _.,;:()/-]+/gu, " ")
    .trim()
    .slice(0, 200);

/** A Python dictionary of text to Python. */
export const pyDict = (items: Readonly<Record<string, string>>): string =>
  `{${Object.entries(items)
    .map(([key, python]) => `${pyString(key)}: ${python}`)
    .join(", ")}}`;

const PER_LINE = 6;

/** A Python list of strings, broken into lines where it is long. */
export function pyList(items: readonly string[]): string {
  const literals = items.map(pyString);
  if (literals.length <= PER_LINE) return `[${literals.join(", ")}]`;
  const lines = literals.flatMap((_, at) =>
    at % PER_LINE === 0 ? [`    ${literals.slice(at, at + PER_LINE).join(", ")},`] : [],
  );
  return `[\n${lines.join("\n")}\n]`;
}

/** Python that reads a table of the task; the columns named are text, whatever they hold. */
export function readTable(
  path: string,
  delimiter: string,
  asText: readonly string[],
  mark = pyString(delimiter),
): string {
  if (isRecords(path)) return readRecords(path, delimiter, asText);
  const types = asText.length === 0 ? "" : `, dtype=dict.fromkeys(${pyList(asText)}, str)`;
  return `pd.read_csv(${pyString(`./input/${path}`)}, sep=${mark}${types})`;
}

/** JSON without pandas' guesses: ids keep their zeros, lists and what is named become text. */
function readRecords(path: string, delimiter: string, asText: readonly string[]): string {
  const options = `lines=${delimiter === "" ? "False" : "True"}, dtype=False, convert_dates=False`;
  const lists = "lambda cell: str(cell) if isinstance(cell, (list, dict)) else cell";
  const named = `rows.assign(**{name: rows[name].map(str, na_action="ignore") for name in ${pyList(asText)}})`;
  const texts = asText.length === 0 ? "" : `.pipe(lambda rows: ${named})`;
  return `pd.read_json(${pyString(`./input/${path}`)}, ${options}).map(${lists})${texts}`;
}

const isRecords = (path: string): boolean => /\.(?:json|jsonl|ndjson)$/i.test(path);

/** The code shifted to the right, blank lines left blank. */
export const indent = (code: string, columns = 4): string =>
  code.replaceAll(/^(?=.)/gm, " ".repeat(columns));

/** Undoes `indent`. */
export const dedent = (code: string): string => code.replaceAll(/^ {4}/gm, "");

/** What scripts may call that is not built into Python, by module. */
const KNOWN: Readonly<Record<string, string>> = {
  "concurrent.futures": "ThreadPoolExecutor",
  itertools: "combinations",
  "scipy.fft": "dct",
  "scipy.ndimage": "uniform_filter",
  "scipy.sparse": "hstack vstack",
  catboost: "CatBoostClassifier CatBoostRegressor",
  lightgbm: "LGBMClassifier LGBMRegressor",
  "sklearn.base": "BaseEstimator TransformerMixin clone",
  "sklearn.calibration": "CalibratedClassifierCV",
  "sklearn.cluster": "KMeans",
  "sklearn.compose": "TransformedTargetRegressor",
  "sklearn.decomposition": "PCA TruncatedSVD",
  "sklearn.discriminant_analysis": "LinearDiscriminantAnalysis",
  "sklearn.ensemble":
    "ExtraTreesClassifier ExtraTreesRegressor RandomForestClassifier RandomForestRegressor",
  "sklearn.feature_extraction.text": "CountVectorizer TfidfTransformer",
  "sklearn.impute": "SimpleImputer",
  "sklearn.kernel_approximation": "Nystroem",
  "sklearn.linear_model": "LinearRegression LogisticRegression Ridge",
  "sklearn.metrics":
    "accuracy_score balanced_accuracy_score cohen_kappa_score f1_score log_loss matthews_corrcoef mean_absolute_error mean_absolute_percentage_error mean_squared_error median_absolute_error r2_score roc_auc_score root_mean_squared_error",
  "sklearn.model_selection": "KFold StratifiedKFold cross_val_predict",
  "sklearn.naive_bayes": "MultinomialNB",
  "sklearn.neighbors": "KNeighborsClassifier KNeighborsRegressor NearestNeighbors",
  "sklearn.neural_network": "MLPClassifier MLPRegressor",
  "sklearn.pipeline": "make_pipeline",
  "sklearn.preprocessing":
    "FunctionTransformer OneHotEncoder OrdinalEncoder QuantileTransformer SplineTransformer StandardScaler TargetEncoder",
  "sklearn.svm": "LinearSVC SVC SVR",
  xgboost: "XGBClassifier XGBRegressor",
};

/** The code below import lines for all that it calls; `more` import lines have the last word. */
export function withImports(code: string, more: readonly string[] = []): string {
  const lines = Object.entries(KNOWN).flatMap(([module, names]) => {
    const called = names
      .split(" ")
      .filter((name) => new RegExp(`(?<![.\\w])${name}[(,)]`).test(code));
    return called.length === 0 ? [] : [`from ${module} import ${called.join(", ")}`];
  });
  const imports = [...lines, ...more];
  return imports.length === 0 ? code : `${imports.join("\n")}\n\n\n${code}`;
}
