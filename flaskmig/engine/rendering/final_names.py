"""Names that the models' naming convention must not change again when a file runs.

`op` applies the convention as Alembic does: to what has no name, and once more to a name where the
convention has ``%(constraint_name)s`` in it. A file that was generated says what each name is in
the end, so there it goes through ``op.f``; ``op.f(None)`` is no name at all.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

_TOKEN = "%(constraint_name)s"
_CALLS: Mapping[str, str] = {
    "create_check_constraint": "ck",
    "create_foreign_key": "fk",
    "create_index": "ix",
    "create_primary_key": "pk",
    "create_unique_constraint": "uq",
    "drop_index": "ix",
}
_INLINE: Mapping[str, str] = {
    "CheckConstraint": "ck",
    "ForeignKeyConstraint": "fk",
    "PrimaryKeyConstraint": "pk",
    "UniqueConstraint": "uq",
}
_DROPPED: Mapping[str, str] = {"check": "ck", "foreignkey": "fk", "primary": "pk", "unique": "uq"}


def with_final_names(code: str, convention: Mapping[str, str]) -> str:
    """The code of a call with ``op.f`` around the names that ``convention`` would change."""
    if not any(name in code for name in _named_by(convention)):
        return code
    tree = ast.parse(code, mode="eval")
    changed = False
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            changed |= _finish(node, node.func.attr, convention)
    return ast.unparse(ast.fix_missing_locations(tree)) if changed else code


def _named_by(convention: Mapping[str, str]) -> Iterator[str]:
    """The functions of which the convention may name something: most code calls none of them."""
    for kinds in (_CALLS, _INLINE):
        yield from (function for function, kind in kinds.items() if kind in convention)
    if not convention.keys().isdisjoint(_DROPPED.values()):
        yield "drop_constraint"


def _finish(call: ast.Call, method: str, convention: Mapping[str, str]) -> bool:
    kind = _CALLS.get(method)
    if method == "drop_constraint":
        kind = _DROPPED.get(_text(_keyword(call, "type_")))
    if kind is not None:
        final = _final(call.args[0], convention.get(kind)) if call.args else None
        if final is not None:
            call.args[0] = final
        return final is not None
    template = convention.get(_INLINE.get(method, ""))
    name = _keyword(call, "name")
    final = _final(name.value if name else ast.Constant(value=None), template)
    if final is None:
        return False
    if name is None:
        call.keywords.append(ast.keyword(arg="name", value=final))
    else:
        name.value = final
    return True


def _keyword(call: ast.Call, name: str) -> ast.keyword | None:
    return next((each for each in call.keywords if each.arg == name), None)


def _text(keyword: ast.keyword | None) -> str:
    value = keyword.value if keyword else None
    return str(value.value) if isinstance(value, ast.Constant) else ""


def _final(name: ast.expr, template: str | None) -> ast.expr | None:
    """The name through ``op.f``, None where the convention leaves it alone."""
    if template is None or not isinstance(name, ast.Constant):
        return None
    if name.value is not None and _TOKEN not in template:
        return None
    function = ast.Attribute(value=ast.Name(id="op"), attr="f")
    return ast.Call(func=function, args=[name], keywords=[])
