import type { Facts } from "../recipe/facts.ts";
import { answersWithLabels } from "../recipe/metrics.ts";
import { pyList, pyString } from "../recipe/python.ts";
import { answeredColumns } from "./submission.ts";

/** Lines that find what earlier attempts left in `./input/members/`, the best first, and read it as `stack_of(target)`. */
export const savedMembers = (facts: Facts): string => `MOST_MEMBERS = 24


def members_there():
    """Folders of members by what they scored, best first."""
    folders = [folder for folder in Path("./input/members").iterdir() if (folder / "validation.npy").exists()]
    told = [(json.loads((folder / "member.json").read_text()), folder) for folder in folders]
    return sorted(told, key=lambda one: ${facts.task.direction === "minimize" ? "" : "-"}one[0]["score"])[:MOST_MEMBERS]


THERE = members_there()
NAMES = [told["title"] for told, _ in THERE]


def stack_of(target):
    """What the members predict for held-out and for test rows, one layer each."""
    return [
        np.stack([values_of(np.load(folder / f"{side}.npy").astype(float), target) for _, folder in THERE])
        for side in ("validation", "test")
    ]


${valuesOf(facts)}`;

/** Python that reads an array as a script leaves it: predictions of the target, or probabilities of its classes in their order. */
function valuesOf(facts: Facts): string {
  const head = `def values_of(array, target):
    """The predictions of a target in an array that a script left."""`;
  if (answersWithLabels(facts.task.metric))
    return `${head}
    classes = pd.read_csv("./input/classes.csv", dtype=str, keep_default_na=False)["class"].tolist()
    return array[:, [classes.index(label) for label in CLASSES[target]]]`;
  const columns = answeredColumns(facts);
  const told = columns.map(({ target, code }) => `(${pyString(target)}, ${code ?? "None"})`);
  const codes = `    codes = [code for name, code in [${told.join(", ")}] if name == target]`;
  const own = `    own = array[:, [name == target for name in ${pyList(columns.map(({ target }) => target))}]]`;
  if (facts.kind === "regression") return `${head}\n${own}\n    return own[:, 0]`;
  return `${head}
${codes}
${own}
    if len(codes) > 1:
        return own[:, np.argsort(codes)]
    return np.column_stack([1 - own, own] if codes[0] == 1 else [own, 1 - own])`;
}
