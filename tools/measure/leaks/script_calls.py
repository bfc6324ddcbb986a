"""What the calls of a script come to: tables read, estimators fitted, predictions handed in."""
import ast
import posixpath
from dataclasses import replace

from script_expressions import Expressions
from script_value import UNKNOWN, Value

KEEP = {"copy", "astype", "to_numpy", "to_frame", "reset_index", "ravel", "reshape", "tolist"}
KEEP_ROWS = {"fillna", "round", "clip", "merge", "join", "rename", "set_index"}
DROP_ROWS = {"sample", "head", "tail", "dropna", "query", "drop_duplicates", "filter"}
WRAP = {"array", "asarray", "Series", "DataFrame"}
STATISTICS = {"mean", "sum", "std", "var", "median", "min", "max", "agg", "aggregate", "transform", "apply", "quantile"}
PREDICT = {"predict", "predict_proba", "predict_log_proba", "decision_function"}
FILL = {"zeros", "ones", "full", "empty", "zeros_like", "ones_like", "full_like", "empty_like"}
BY_ROW = {"KFold", "StratifiedKFold", "ShuffleSplit", "StratifiedShuffleSplit", "train_test_split"}
SPLIT = BY_ROW | {"GroupKFold", "StratifiedGroupKFold", "GroupShuffleSplit", "TimeSeriesSplit", "cross_val_predict"}


class Calls(Expressions):
    def ring(self, kind, line, certain=False):
        self.found.setdefault(kind, (line, certain))

    def of_Call(self, node):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        own = self.value(node.func.value) if isinstance(node.func, ast.Attribute) else UNKNOWN
        given = [self.value(part) for part in node.args]
        named = {part.arg: self.value(part.value) for part in node.keywords if part.arg}
        first = given[0] if given else named.get("X", named.get("data", UNKNOWN))
        labels = given[1] if len(given) > 1 else named.get("y", named.get("label", UNKNOWN))
        values = [own, *given, *named.values()]
        if name.startswith("read_") or name in {"open", "load", "Path", "listdir", "glob"}:
            return self.read(name, first.text, own, node.lineno, named)
        if name == "join" and all(part.text is not None for part in given):
            return Value(text=posixpath.join(*(part.text for part in given)))
        if name == "to_csv" and posixpath.basename(first.text or "") == "validation.csv":
            self.handed_in = (own, node.lineno, "final" in first.text)
        if name in {"fit", "Dataset", "DMatrix", "Pool"}:
            return self.fitted(node, own, first, labels)
        if name in {"fit_transform", "fit_resample"}:
            kind = self.kind_of_fit(first, labels)
            return Value(rows=first.rows, leak=(node.lineno, kind) if kind else first.leaks())
        if own.fitted and first.rows and name in PREDICT | {"transform"}:
            own_rows = name in PREDICT and own.fitted == "fitted-before-split"
            return Value(rows=first.rows, leak=(node.lineno, "predicts-own-rows" if own_rows else own.fitted))
        if name == "groupby" and own.rows == "all":
            by_target = first.labels or bool(({first.text} | (first.names or set())) & self.targets)
            return Value(rows="all", labels=own.labels or by_target, grouped=True)
        if own.grouped:
            return self.of_groups(name, own, node)
        if own.labels and own.rows == "all" and self.is_ahead(name, node):
            return Value(rows="all", leak=(node.lineno, "future-rows"))
        if name in FILL and any(self.value(part).rows == "all" for part in ast.walk(node.args[0]) if isinstance(part, ast.Name)):
            return Value(rows="all")
        if name in {"drop", "difference", "remove", "append", "extend"}:
            return self.without(name, node, own, named.get("columns", first), named)
        if name == "pop" and own.target and first.text in self.targets:
            self.change(node, replace(own, target=False))
            return self.labels_of(own)
        return self.kept(name, own, first, named, values)

    def kept(self, name, own, first, named, values):
        """Calls that leave a table what it is, or nearly so."""
        joined = self.joined(values)
        if name in KEEP:
            return own
        if name in WRAP and (first.rows or first.columns):
            return replace(first, names=None)
        if name == "assign":
            return replace(own, columns=own.columns | named)
        if name in KEEP_ROWS:
            return replace(own, leak=own.leak or joined.leak, labels=False, copied=False)
        if name in DROP_ROWS:
            return self.some_rows(own)
        if name == "concat":
            return replace(joined, target=any(part.target for part in values) or first.target)
        if name in {"list", "sorted"}:
            return first
        return replace(joined, labels=joined.labels and name not in STATISTICS)

    def read(self, name, path, own, line, named):
        path = own.text if path is None and name in {"open", "glob"} else path
        if path is None:
            return UNKNOWN
        if posixpath.normpath(path).startswith(".."):
            self.ring("reads-outside", line)
        if name == "Path":
            return Value(text=path)
        is_train = posixpath.basename(path) == posixpath.basename(self.table)
        return Value(rows="all", target="usecols" not in named) if is_train else UNKNOWN

    def kind_of_fit(self, table, labels):
        """What is wrong with whatever an estimator gives, once it was fitted to these."""
        if table.rows == "all" and labels.labels and labels.rows == "all":
            return "fitted-before-split"
        return "target-among-features" if table.target and labels == UNKNOWN else None

    def fitted(self, node, own, table, labels):
        leak = table.leaks() if table.rows else None
        if leak:
            self.ring(leak[1], leak[0])
        elif table.target and labels.labels:
            self.ring("target-among-features", node.lineno)
        value = replace(own, fitted=self.kind_of_fit(table, labels))
        self.change(node, value)
        return value

    def change(self, node, value):
        base = getattr(node.func, "value", None)
        if isinstance(base, ast.Name):
            self.known[base.id] = value

    def of_groups(self, name, own, node):
        words = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}
        if name in STATISTICS and (own.labels or words & self.targets):
            return Value(rows="all", leak=(node.lineno, "fitted-before-split"))
        if own.labels and self.is_ahead(name, node):
            return Value(rows="all", leak=(node.lineno, "future-rows"))
        return Value(rows="all") if name in STATISTICS else UNKNOWN

    @staticmethod
    def is_ahead(name, node):
        """`shift(-1)`, or a window around each row."""
        first = node.args[0] if node.args else next((part.value for part in node.keywords if part.arg == "periods"), None)
        if name == "shift":
            return isinstance(first, ast.UnaryOp) and isinstance(first.op, ast.USub)
        return name == "rolling" and any(part.arg == "center" and getattr(part.value, "value", False) for part in node.keywords)

    def without(self, name, node, own, chosen, named):
        names = chosen.names if chosen.text is None else {chosen.text}
        if own.others is not None or own.names is not None:
            if name in {"drop", "difference"}:
                return Value(others=(own.others or self.targets) | (names or self.targets))
            # A list that is changed in place: that it has the target is no longer certain.
            self.change(node, Value(others=self.targets))
            return UNKNOWN
        if name != "drop" or not ("columns" in named or "axis" in named or len(node.args) > 1):
            return self.some_rows(own)
        if names is None:
            return replace(own, target=False)
        columns = {column: part for column, part in own.columns.items() if column not in names}
        return replace(own, target=own.target and not self.targets <= names, columns=columns)

    def judge_handed_in(self):
        if self.handed_in is None:
            return
        table, line, in_final = self.handed_in
        parts = table.columns.values()
        if any(part.copied for part in parts) or table.target and not self.targets & set(table.columns):
            self.ring("labels-copied", line, certain=in_final and self.depth == 0)
        if leak := table.leaks():
            self.ring(leak[1], leak[0])

    def judge_split(self, tree):
        texts = {part.value for part in ast.walk(tree) if isinstance(part, ast.Constant) and isinstance(part.value, str)}
        if any("folds" in text or "members" in text for text in texts):
            return
        calls = [part for part in ast.walk(tree) if isinstance(part, ast.Call)]
        named = [(getattr(part.func, "id", getattr(part.func, "attr", "")), part) for part in calls]
        used = {name for name, _ in named} & SPLIT
        # Rows drawn one by one, whatever belongs together.
        rows = [part.args[0] for name, part in named if name in {"split", "train_test_split"} and part.args]
        by_row = used and used <= BY_ROW and any(isinstance(one, ast.Name) and self.value(one).rows == "all" for one in rows)
        self.ring("own-split", min((part.lineno for name, part in named if name in SPLIT), default=1), certain=bool(by_row))
