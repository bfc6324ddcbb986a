"""Reads scripts without running them, each a line of JSON, and prints for each what can be said of it beforehand."""
import ast
import importlib.util
import json
import sys

EXITS = {"exit", "quit", "sys.exit", "os._exit"}
CATCHES_MISSING = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


def name_of(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return ""


def is_optional(block):
    """Whether the block goes on without a module that it fails to import."""
    for handler in block.handlers:
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        if any(kind is None or name_of(kind) in CATCHES_MISSING for kind in kinds):
            return True
    return False


def needed_modules(node, found):
    if isinstance(node, ast.Try) and is_optional(node):
        children = [child for part in (node.handlers, node.orelse, node.finalbody) for child in part]
    else:
        children = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.Import):
        found.update(alias.name.split(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        found.add(node.module.split(".")[0])
    for child in children:
        needed_modules(child, found)
    return found


def is_missing(name):
    try:
        return importlib.util.find_spec(name) is None
    except (ImportError, ValueError):
        return False


def early_exit(tree):
    """The line of an exit that every run of the script meets before its last statement."""
    for statement in tree.body[:-1]:
        call = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and name_of(call.func) in EXITS:
            return statement.lineno
    return None


def report(source):
    try:
        tree = ast.parse(source, "solution.py")
        compile(tree, "solution.py", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        where = f" at line {error.lineno}" if isinstance(error, SyntaxError) else ""
        return {"syntax": f"{type(error).__name__}: {getattr(error, 'msg', error)}{where}"}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    modules = needed_modules(tree, set())
    own = {name for name in modules if any(f"{name}.py" in text for text in texts)}
    return {
        "syntax": None,
        "missing": sorted(filter(is_missing, modules - own)),
        "earlyExit": early_exit(tree),
        "texts": [text for text in texts if len(text) < 400],
    }


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(report(json.loads(line))), flush=True)
