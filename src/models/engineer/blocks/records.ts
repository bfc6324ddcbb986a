import type { Feature } from "../recipe/block.ts";
import { pyList } from "../recipe/python.ts";
import { featureBlock } from "./feature-block.ts";

const amounts: Feature = {
  name: "amounts",
  words: "Use the numbers within records: each field, and of lists their count, sum and greatest.",
  body: () => "return fields_of(fit, AMOUNTS), fields_of(other, AMOUNTS)",
};

const marks: Feature = {
  name: "marks",
  words: "Mark which common words stand in which field of the records.",
  body: () => "return fields_of(fit, MARKS).fillna(0), fields_of(other, MARKS).fillna(0)",
};

/** What can be made of cells that hold JSON: nested fields and lists. */
export const records = featureBlock({
  name: "Records",
  features: [amounts, marks],
  applies: (facts) => facts.records.length > 0,
  initial: () => ["amounts", "marks"],
  preamble: (facts) => `import ast

RECORD_COLUMNS = ${pyList(facts.records.map(({ name }) => name))}


def leaves(value, path):
    """The plain values within a value, each with the way to it; and how many items its lists have."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}")
    elif isinstance(value, list):
        yield f"{path} count", len(value)
        for inner in value:
            yield from leaves(inner, f"{path}[]")
    elif value is not None:
        yield path, value


def parsed(cell):
    """What a cell says in JSON, or as Python prints it; nothing where it says neither."""
    for read in (json.loads, ast.literal_eval):
        try:
            return read(cell)
        except (ValueError, TypeError, SyntaxError):
            continue


def told_in(row):
    """Everything that a row's records tell, by name."""
    told = {}
    for column in RECORD_COLUMNS:
        for path, value in leaves(parsed(row[column]), column):
            if isinstance(value, (int, float)):
                told[path] = told.get(path, 0) + value
                told[f"{path} most"] = max(told.get(f"{path} most", value), value)
            elif len(value) <= 40:
                told[f"{path}: {value}"] = 1
    return told


def fields(rows):
    return pd.DataFrame([told_in(row) for row in rows[RECORD_COLUMNS].to_dict("records")])


FIELDS = {"train": fields(train), "test": fields(test)}
COMMON = FIELDS["train"].columns[FIELDS["train"].notna().sum() >= max(5, len(train) // 100)]
AMOUNTS = [name for name in COMMON if ": " not in name]
MARKS = [name for name in COMMON if ": " in name][:300]
train["./record"], test["./record"] = np.arange(len(train)), len(train) + np.arange(len(test))
FIELDS = pd.concat(FIELDS.values(), ignore_index=True).reindex(columns=COMMON)


def fields_of(rows, names):
    """Those fields of the rows."""
    return FIELDS.iloc[rows["./record"].to_numpy()][names]`,
});
