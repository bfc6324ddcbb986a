import { type Facts, hasNumericClasses } from "../recipe/facts.ts";
import { answersWithLabels } from "../recipe/metrics.ts";
import { pyList, pyString, readTable } from "../recipe/python.ts";

/** The lines that write `./final/submission.csv` in the sample's form, from `predictions`. */
export function submission(facts: Facts): string {
  const { submission: form, test } = facts.task;
  const inTest = form.idColumns.every((id) => test?.columns.some(({ name }) => name === id));
  const ids = inTest ? form.idColumns : [];
  const columns = answerColumns(facts);
  const own = new Set(columns.map(({ name }) => name));
  const rest = form.columns.filter((name) => !own.has(name) && !ids.includes(name));
  const needsSample = form.sample !== null && (ids.length > 0 || rest.length > 0);
  const lines = [
    ...(ids.length > 0
      ? [`answers = test[${pyList(ids)}].copy()`]
      : ["answers = pd.DataFrame(index=test.index)"]),
    ...columns.map(({ name, python }) => `answers[${pyString(name)}] = ${python}`),
    ...(needsSample ? [`sample = ${readTable(form.sample ?? "", ",", ids)}`] : []),
    ...(needsSample && ids.length > 0
      ? [
          `if not sample[${pyList(ids)}].equals(answers[${pyList(ids)}]):`,
          `    answers = sample[${pyList(ids)}].merge(answers, on=${pyList(ids)}, how="left")`,
        ]
      : []),
    ...rest.map(
      (name) =>
        `answers[${pyString(name)}] = ${needsSample ? `sample[${pyString(name)}]` : "np.arange(len(test))"}`,
    ),
    'Path("final").mkdir(exist_ok=True)',
    `answers[${pyList(form.columns)}].to_csv("./final/submission.csv", index=False)`,
  ];
  return lines.join("\n");
}

/** Each answered column of the submission with the Python expression that fills it. */
function answerColumns(facts: Facts): { name: string; python: string }[] {
  const classColumns = classProbabilityColumns(facts);
  if (classColumns !== null) return classColumns;
  const { targets, task } = facts;
  const named = new Set(task.submission.columns);
  const others = task.submission.columns.filter(
    (name) => !task.submission.idColumns.includes(name),
  );
  return targets.map(({ name, kind }, at) => {
    const column =
      named.has(name) || others.length !== targets.length ? name : (others[at] ?? name);
    return { name: column, python: answer(facts, name, kind) };
  });
}

function answer(facts: Facts, target: string, kind: string): string {
  const predicted = `predictions[${pyString(target)}]`;
  if (facts.kind === "regression") return predicted;
  const labels = `np.array(CLASSES[${pyString(target)}])`;
  if (answersWithLabels(facts.task.metric)) return `${labels}[${predicted}]`;
  return kind === "multiclass" ? `${labels}[${predicted}.argmax(axis=1)]` : `${predicted}[:, 1]`;
}

/** One probability column for each class, when the sample's columns are the classes; else null. */
function classProbabilityColumns(facts: Facts): { name: string; python: string }[] | null {
  const { targets, task } = facts;
  const [target, ...more] = targets;
  const columns = task.submission.columns.filter(
    (name) => !task.submission.idColumns.includes(name),
  );
  if (target === undefined || more.length > 0 || columns.includes(target.name)) return null;
  if (columns.length !== target.classes.length || columns.length < 2) return null;
  const classOf = (column: string) =>
    target.classes
      .filter((name) => column.endsWith(name))
      .toSorted((a, b) => b.length - a.length)[0];
  const matched = columns.map((column) => ({ column, label: classOf(column) }));
  if (new Set(matched.map(({ label }) => label)).size !== columns.length) return null;
  const predicted = `predictions[${pyString(target.name)}]`;
  const share = answersWithLabels(task.metric)
    ? `(${predicted} == CODE).astype(int)`
    : `${predicted}[:, CODE]`;
  return matched.map(({ column, label }) => ({
    name: column,
    python: share.replace(
      "CODE",
      () =>
        `CLASSES[${pyString(target.name)}].index(${hasNumericClasses(target.classes) ? label : pyString(label ?? "")})`,
    ),
  }));
}
