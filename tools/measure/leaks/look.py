"""Reads scripts without running them, and follows the labels of all rows to what is fitted and handed in.

Each line of the input is {script, table, targets}; for each it prints a list of {kind, line, certain, sentence}. What it
does not understand it takes for harmless."""
import ast
import json
import os
import sys
from dataclasses import replace

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from script_calls import Calls  # noqa: E402
from script_value import SENTENCES, UNKNOWN, Value  # noqa: E402


class Look(Calls, ast.NodeVisitor):
    """The statements of a script, in the order they stand in."""

    def visit_Assign(self, node):
        value = self.value(node.value)
        for target in node.targets:
            self.store(target, value, node.value)

    def visit_AnnAssign(self, node):
        if node.value is not None:
            self.store(node.target, self.value(node.value), node.value)

    def visit_AugAssign(self, node):
        self.store(node.target, self.joined([self.value(node.target), self.value(node.value)]), None)

    def visit_Delete(self, node):
        for target in node.targets:
            self.store(target, UNKNOWN, None)

    def visit_Expr(self, node):
        self.value(node.value)

    def visit_Return(self, node):
        if node.value is not None:
            self.value(node.value)

    def visit_For(self, node):
        choices = node.iter.elts if isinstance(node.iter, (ast.Tuple, ast.List)) else [None]
        for choice in choices:
            self.store(node.target, UNKNOWN if choice is None else self.value(choice), choice)
            self.branch(node.body + node.orelse)
            # A table that is changed under the loop's name is changed.
            if isinstance(choice, ast.Name) and isinstance(node.target, ast.Name):
                self.known[choice.id] = self.known[node.target.id]

    def visit_If(self, node):
        self.branch(node.body + node.orelse)

    visit_While = visit_If

    def visit_Try(self, node):
        handled = [statement for handler in node.handlers for statement in handler.body]
        self.branch(node.body + handled + node.orelse + node.finalbody)

    def visit_FunctionDef(self, node):
        outer, self.known = self.known, dict(self.known)
        every = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
        self.known.update({argument.arg: UNKNOWN for argument in every})
        self.branch(node.body)
        self.known = outer

    def branch(self, body):
        self.depth += 1
        for statement in body:
            self.visit(statement)
        self.depth -= 1

    def store(self, target, value, source):
        if isinstance(target, ast.Name):
            self.known[target.id] = value
        elif isinstance(target, (ast.Tuple, ast.List)):
            parts = source.elts if isinstance(source, ast.Tuple) and len(source.elts) == len(target.elts) else None
            for at, element in enumerate(target.elts):
                part = Value(rows="some", leak=value.leak) if value.leak else UNKNOWN
                self.store(element, self.value(parts[at]) if parts else part, parts[at] if parts else None)
        elif isinstance(target, ast.Subscript):
            self.store_part(target, value)

    def store_part(self, target, value):
        base = target.value.value if isinstance(target.value, ast.Attribute) else target.value
        if not isinstance(base, ast.Name):
            return
        old, index = self.known.get(base.id, UNKNOWN), target.slice
        last = index.elts[-1] if isinstance(index, ast.Tuple) else index
        whole = last is index or self.is_all(index.elts[0])
        chosen = self.value(last)
        names = chosen.names if chosen.text is None else {chosen.text}
        if names:
            stored = value if whole else Value(leak=value.leak)
            self.known[base.id] = replace(old, columns=old.columns | dict.fromkeys(names, stored))
        else:
            # Labels of which some are overwritten are predictions.
            leak = value.leak or old.leak
            self.known[base.id] = replace(old, labels=False, copied=False, leak=leak)


def report(request):
    try:
        tree = ast.parse(request["script"])
        look = Look(request["table"], request["targets"])
        look.visit(tree)
        look.judge_handed_in()
        look.judge_split(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # Running it will tell what is wrong with it.
        return []
    return [
        {"kind": kind, "line": line, "certain": certain, "sentence": f"Line {line}: {SENTENCES[kind]}."}
        for kind, (line, certain) in look.found.items()
    ]


if __name__ == "__main__":
    for request in sys.stdin:
        print(json.dumps(report(json.loads(request))), flush=True)
