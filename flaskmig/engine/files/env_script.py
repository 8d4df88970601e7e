"""An env.py as a syntax tree: what it binds and calls, and what of that is as in the templates."""

from __future__ import annotations

import ast

# The names through which the templates reach the application's own models and options.
_STOCK_ROOTS = frozenset({"current_app", "target_db", "get_metadata", "m", "db"})
_STOCK_CALLS = frozenset({"getattr", "is_empty", "len", "info"})

# Of an option whose value only running env.py would tell.
UNKNOWN = object()


class EnvScript:
    """An env.py: the names it binds, its functions, and the calls that matter."""

    def __init__(self, tree: ast.Module) -> None:
        nodes = list(ast.walk(tree))
        self.calls = [node for node in nodes if isinstance(node, ast.Call)]
        self.functions = {
            node.name: node
            for node in nodes
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        }
        self.assigned: dict[str, list[ast.expr]] = {}
        self.items: list[tuple[ast.Name, ast.expr, ast.expr]] = []
        for node in nodes:
            for target in node.targets if isinstance(node, ast.Assign) else ():
                match target, node:
                    case ast.Name(name), ast.Assign(value=value):
                        self.assigned.setdefault(name, []).append(value)
                    case ast.Subscript(ast.Name() as owner, key), ast.Assign(value=value):
                        self.items.append((owner, key, value))

    def plain(self, value: ast.expr) -> object:
        """The plain value, also where it stands under a name that is bound once."""
        if isinstance(value, ast.Name) and len(self.assigned.get(value.id, ())) == 1:
            value = self.assigned[value.id][0]
        return value.value if isinstance(value, ast.Constant) else UNKNOWN

    @property
    def has_url_of_application(self) -> bool:
        """Whether the URL that engines are made of is the application's, as in older templates."""
        return any(
            called(call) == "set_main_option" and "current_app" in ast.unparse(call)
            for call in self.calls
        )

    def is_stock_metadata(self, value: ast.expr) -> bool:
        if self.plain(value) is None:
            return True
        match value:
            case ast.Call(ast.Name(name)) if name in self.functions:
                returned = [
                    node.value
                    for node in ast.walk(self.functions[name])
                    if isinstance(node, ast.Return) and node.value is not None
                ]
                return bool(returned) and all(root(item) in _STOCK_ROOTS for item in returned)
            case ast.Name(name) if name in self.assigned:
                return all(root(item) in _STOCK_ROOTS for item in self.assigned[name])
        return root(value) in _STOCK_ROOTS

    def only_drops_empty(self, value: ast.expr) -> bool:
        """Whether a function does no more than the templates' own: no file without operations."""
        if not isinstance(value, ast.Name) or value.id not in self.functions:
            return False
        for node in ast.walk(self.functions[value.id]):
            match node:
                case ast.Call() if called(node) not in _STOCK_CALLS:
                    return False
                case ast.Assign([target]):
                    match target:
                        case ast.Name() | ast.Subscript(slice=ast.Slice(None, None, None)):
                            continue
                    return False
                case ast.AugAssign() | ast.Delete() | ast.Import() | ast.ImportFrom():
                    return False
        return True


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(name):
            return name
    return ""


def root(value: ast.expr) -> str:
    """The name at the left end of ``name.a["b"].c()``; "" where there is none."""
    while isinstance(value, (ast.Attribute, ast.Subscript, ast.Call)):
        value = value.func if isinstance(value, ast.Call) else value.value
    return value.id if isinstance(value, ast.Name) else ""
