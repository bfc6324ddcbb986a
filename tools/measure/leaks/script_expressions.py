"""What the expressions of a script come to, as far as a look can tell."""
import ast
import posixpath
from dataclasses import replace

from script_value import UNKNOWN, Value


class Expressions:
    def __init__(self, table, targets):
        self.table, self.targets = table, frozenset(targets)
        self.known, self.found, self.handed_in, self.depth = {}, {}, None, 0

    def value(self, node):
        find = getattr(self, f"of_{type(node).__name__}", None)
        if find is not None:
            return find(node)
        return self.joined([self.value(part) for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)])

    @staticmethod
    def joined(values):
        """Made from several: arithmetic, or side by side."""
        known = [value for value in values if value.rows or value.labels]
        kinds = {value.rows for value in known}
        rows = "all" if kinds == {"all"} else "some" if kinds else ""
        labels = bool(known) and all(value.labels for value in known)
        return Value(rows=rows, labels=labels, leak=next((found for value in values if (found := value.leaks())), None))

    @staticmethod
    def is_all(index):
        return isinstance(index, ast.Slice) and index.lower is None and index.upper is None

    @staticmethod
    def some_rows(value):
        return replace(value, rows="some" if value.rows else "", fitted=None)

    def labels_of(self, value):
        return Value(rows=value.rows, labels=True, copied=self.depth == 0 and not value.grouped, grouped=value.grouped)

    def of_Name(self, node):
        return self.known.get(node.id, UNKNOWN)

    def of_Constant(self, node):
        return Value(text=node.value) if isinstance(node.value, str) else UNKNOWN

    def of_List(self, node):
        values = [self.value(element) for element in node.elts]
        if values and all(value.text is not None for value in values):
            return Value(names=frozenset(value.text for value in values))
        return self.joined(values)

    of_Tuple = of_Set = of_List

    def of_Dict(self, node):
        keys = [self.value(key).text if key else None for key in node.keys]
        return Value(columns={key: self.value(part) for key, part in zip(keys, node.values) if key})

    def of_ListComp(self, node):
        """`[column for column in train.columns if column not in (...)]`."""
        loop = node.generators[0]
        left = self.value(loop.iter).others
        if left is None or not isinstance(node.elt, ast.Name):
            return UNKNOWN
        for test in loop.ifs:
            leaves = isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.NotIn, ast.NotEq))
            chosen = self.value(test.comparators[0]) if leaves else UNKNOWN
            # Who knows which columns are left: the target is taken to be among them.
            left |= chosen.names or ({chosen.text} if chosen.text else self.targets)
        return Value(others=left)

    def of_BinOp(self, node):
        values = a, b = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.Div) and b.text is not None:
            return Value(text=posixpath.join(a.text or "?", b.text))
        if a.others is not None and b.names is not None:
            return replace(a, others=a.others - b.names)
        if a.names is not None and b.names is not None:
            return Value(names=a.names | b.names)
        return self.joined(values)

    def of_JoinedStr(self, node):
        parts = [part.value if isinstance(part, ast.FormattedValue) else part for part in node.values]
        return Value(text="".join(self.value(part).text or "?" for part in parts))

    def of_Attribute(self, node):
        value = self.value(node.value)
        if node.attr in self.targets and (value.target or value.grouped):
            return self.labels_of(value)
        if node.attr == "columns":
            return Value(others=frozenset() if value.target else self.targets)
        return value

    def of_Subscript(self, node):
        value, index = self.value(node.value), node.slice
        if not isinstance(index, ast.Tuple) or len(index.elts) != 2:
            is_mask = isinstance(index, (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.BinOp))
            some = replace(self.some_rows(value), target=value.target and is_mask)
            return value if self.is_all(index) else self.columns_of(value, index, some)
        row, column = index.elts
        value = value if self.is_all(row) else self.some_rows(value)
        return value if self.is_all(column) else self.columns_of(value, column, replace(value, target=False))

    def columns_of(self, value, index, otherwise):
        """The columns that an index names; else it chooses rows."""
        chosen = self.value(index)
        names = chosen.names if chosen.text is None else {chosen.text}
        if names is None and chosen.others is None:
            return otherwise
        if value.grouped:
            return self.labels_of(value) if names and names & self.targets else value
        if chosen.text in value.columns:
            return value.columns[chosen.text]
        if names is not None and names <= self.targets and value.target:
            return self.labels_of(value)

        def has(name):
            return name in names if names is not None else name not in chosen.others

        columns = {name: part for name, part in value.columns.items() if has(name)}
        target = value.target and chosen.text is None and any(map(has, self.targets))
        return replace(value, target=target, columns=columns)
