import type { Facts } from "../recipe/facts.ts";
import { answersWithLabels } from "../recipe/metrics.ts";
import { pyList, pyString, readTable } from "../recipe/python.ts";

/** A column of the submission: the target it answers, and the Python expression that fills it from `values`. */
interface Answered {
  name: string;
  target: string;
  python: string;
  /** Python of the code of the class whose probability it holds; null where it holds a number or a label. */
  code: string | null;
}

/** The cell that hands in what was predicted, in the sample's form, and where scores are measured leaves it as arrays too. */
export function submission(facts: Facts, leavesMembers: boolean): string {
  const { columns, idColumns, sample } = facts.task.submission;
  // In a view the form is separated by commas, in the task's own folder perhaps not.
  const isMarked = sample !== null && /^[;|\t]$/.test(facts.task.train?.delimiter ?? "");
  const mark = isMarked ? "MARK" : pyString(",");
  const form =
    sample === null
      ? `pd.DataFrame({name: test[name] if name in test else np.arange(len(test)) for name in ${pyList(columns)}})`
      : readTable(sample, ",", idColumns, mark);
  const answered = answeredColumns(facts);
  const filled = answered.map(({ name, python }) => `        ${pyString(name)}: ${python},`);
  return `ID_COLUMNS = ${pyList(idColumns)}${isMarked ? markOf(sample) : ""}


def columns_of(values):
    """The submission's columns, from what is answered for each target."""
    return {
${filled.join("\n")}
    }


def write(name, form, rows, values):
    """Fills the form, whose lines are the rows in their order, or else those that have their ids."""
    ids = [column for column in ID_COLUMNS if column in rows and column in form]
    known, columns = rows[ids].reset_index(drop=True), pd.DataFrame(columns_of(values))
    if ids and not form[ids].equals(known):
        columns = form[ids].merge(known.join(columns), on=ids, how="left")
    for column in columns_of(values):
        form[column] = columns[column].to_numpy()
    form.to_csv(f"./final/{name}.csv", index=False${isMarked ? ", sep=MARK" : ""})


Path("./final/members").mkdir(parents=True, exist_ok=True)
write("submission", ${form}, test, {target: both[1] for target, both in answered.items()})
if MEASURED:
    form = ${readTable("validation_sample.csv", ",", idColumns)}
    write("validation", form, train.iloc[LINES], {target: both[0] for target, both in answered.items()})${arrays(facts, answered, leavesMembers)}`;
}

const markOf = (sample: string): string => `
with open(${pyString(`./input/${sample}`)}, encoding="utf-8-sig") as lines:
    MARK = max(",;|\\t", key=lines.readline().count)`;

/** Lines that leave what can be blended: scores of classes where labels are asked for, else the submission's columns. */
function arrays(facts: Facts, answered: readonly Answered[], leavesMembers: boolean): string {
  const decides = answersWithLabels(facts.task.metric);
  if (
    decides
      ? facts.targets.length > 1
      : facts.kind !== "regression" && answered.some(({ code }) => code === null)
  )
    return "";
  const what = decides
    ? `
    classes = pd.read_csv("./input/classes.csv", dtype=str, keep_default_na=False)["class"]
    order = [CLASSES[TARGETS[0]].index(label) for label in classes]`
    : "";
  const array = decides
    ? "values[TARGETS[0]][:, order]"
    : "np.column_stack(list(columns_of(values).values()))";
  const members = leavesMembers ? MEMBERS : "";
  if (!decides && members === "") return "";
  return `${what}

    def leave(name, values):
        """Saves predictions of the lines as an array: ${decides ? "a column for each class" : "the submission's columns"}."""
        np.save(f"./final/{name}.npy", ${array}.astype(np.float32))

    for side, predicted in (("validation", held_out), ("test", tested)):${decides ? SCORES : ""}${members}`;
}

const SCORES = `
        leave(f"{side}_scores", {target: values.mean(axis=0) for target, values in predicted.items()})`;

const MEMBERS = `
        for at, name in enumerate(SECONDS if len(SECONDS) > 1 else ()):
            leave(f"members/{name}_{side}", {target: values[at] for target, values in predicted.items()})
    members = [{"name": name, "what": MEMBERS[name], "seconds": seconds} for name, seconds in SECONDS.items()]
    Path("./final/members.json").write_text(json.dumps(members if len(members) > 1 else []))`;

/** The columns that are answered, in the submission's order. */
export function answeredColumns(facts: Facts): Answered[] {
  const { targets, task } = facts;
  const { columns, idColumns } = task.submission;
  const others = columns.filter((name) => !idColumns.includes(name));
  const shares = classColumns(facts, others);
  if (shares !== null) return shares;
  const named = new Set(columns);
  return targets
    .map(({ name: target, kind, positive }, at) => {
      const name =
        named.has(target) || others.length !== targets.length ? target : (others[at] ?? target);
      return { name, target, ...answer(facts, target, kind, positive) };
    })
    .toSorted((a, b) => columns.indexOf(a.name) - columns.indexOf(b.name));
}

function answer(
  facts: Facts,
  target: string,
  kind: string,
  positive: string | null,
): Pick<Answered, "python" | "code"> {
  const answered = `values[${pyString(target)}]`;
  if (facts.kind === "regression") return { python: answered, code: null };
  const labels = `np.array(CLASSES[${pyString(target)}])`;
  if (answersWithLabels(facts.task.metric)) return { python: `${labels}[${answered}]`, code: null };
  if (kind === "multiclass") return { python: `${labels}[${answered}.argmax(axis=1)]`, code: null };
  const code = codeOf(facts, target, positive);
  return { python: `${answered}[:, ${code}]`, code };
}

/** The code of a class; of the second one where none is named. */
const codeOf = ({ targets }: Facts, target: string, label: string | null | undefined): string =>
  targets.some(({ name, classes }) => name === target && classes.includes(label ?? ""))
    ? `CLASSES[${pyString(target)}].index(${pyString(label ?? "")})`
    : "1";

/** One probability column for each class, when the sample's columns are the classes; else null. */
function classColumns(facts: Facts, columns: readonly string[]): Answered[] | null {
  const [target, ...more] = facts.targets;
  if (target === undefined || more.length > 0 || columns.includes(target.name)) return null;
  if (columns.length !== target.classes.length || columns.length < 2) return null;
  const classOf = (column: string) =>
    target.classes
      .filter((name) => column.endsWith(name))
      .toSorted((a, b) => b.length - a.length)[0];
  const matched = columns.map((name) => ({ name, label: classOf(name) }));
  if (new Set(matched.map(({ label }) => label)).size !== columns.length) return null;
  const answered = `values[${pyString(target.name)}]`;
  const decides = answersWithLabels(facts.task.metric);
  return matched.map(({ name, label }) => {
    const code = codeOf(facts, target.name, label);
    const python = decides ? `(${answered} == ${code}).astype(int)` : `${answered}[:, ${code}]`;
    return { name, target: target.name, python, code };
  });
}
