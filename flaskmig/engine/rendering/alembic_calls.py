"""Calls of ``op`` as Alembic has them: which it knows, and how its batch blocks spell them.

What is here are facts about Alembic 1.20's operations: their names and keywords. A call that it
does not have, or a keyword that it would pass over without a word, has to become SQL.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

ALEMBIC_IMPORT = "from alembic import op"
BATCH = "batch_op"

_SHARED = frozenset({"schema"})
_KEYWORDS: Mapping[str, frozenset[str]] = {
    "add_column": _SHARED,
    "alter_column": _SHARED
    | {
        "comment",
        "existing_comment",
        "existing_server_default",
        "existing_type",
        "new_column_name",
        "nullable",
        "postgresql_using",
        "server_default",
        "type_",
    },
    "create_check_constraint": _SHARED,
    "create_exclude_constraint": _SHARED | {"using", "where", "ops", "deferrable", "initially"},
    "create_foreign_key": frozenset(
        {
            "deferrable",
            "initially",
            "match",
            "ondelete",
            "onupdate",
            "referent_schema",
            "source_schema",
        }
    ),
    "create_index": _SHARED
    | {
        "postgresql_concurrently",
        "postgresql_include",
        "postgresql_nulls_not_distinct",
        "postgresql_ops",
        "postgresql_tablespace",
        "postgresql_using",
        "postgresql_where",
        "postgresql_with",
        "sqlite_where",
        "unique",
    },
    "create_primary_key": _SHARED,
    "create_table": _SHARED
    | {
        "comment",
        "postgresql_partition_by",
        "postgresql_tablespace",
        "postgresql_with",
        "prefixes",
        "sqlite_autoincrement",
        "sqlite_strict",
        "sqlite_with_rowid",
    },
    "create_table_comment": _SHARED | {"existing_comment"},
    "create_unique_constraint": _SHARED
    | {"deferrable", "initially", "postgresql_nulls_not_distinct", "sqlite_on_conflict"},
    "drop_column": _SHARED,
    "drop_constraint": _SHARED | {"type_"},
    "drop_index": _SHARED | {"table_name", "postgresql_concurrently"},
    "drop_table": _SHARED,
    "drop_table_comment": _SHARED | {"existing_comment"},
    "execute": frozenset(),
    "rename_table": _SHARED,
}
CALLS = frozenset({*_KEYWORDS, "batch_alter_table"})

# What render_item may write of op inside of a call; Alembic has no op.sql_type.
_INNER = frozenset({"f", "inline_literal"})

# Where the table stands among the arguments of what a batch block can do.
_TABLE_AT: Mapping[str, int] = {
    "add_column": 0,
    "alter_column": 0,
    "drop_column": 0,
    "create_check_constraint": 1,
    "create_foreign_key": 1,
    "create_primary_key": 1,
    "create_unique_constraint": 1,
    "drop_constraint": 1,
}
BATCH_CALLS = frozenset(_TABLE_AT)

# Where the name is of what a naming convention of the models could name once more.
_NAMED = frozenset(
    {
        "create_check_constraint",
        "create_exclude_constraint",
        "create_foreign_key",
        "create_index",
        "create_primary_key",
        "create_unique_constraint",
        "drop_constraint",
        "drop_index",
    }
)
_NAMED_INLINE = frozenset(
    {
        "CheckConstraint",
        "ExcludeConstraint",
        "ForeignKeyConstraint",
        "PrimaryKeyConstraint",
        "UniqueConstraint",
    }
)


def as_alembic(code: str) -> str | None:
    """The call as Alembic has it, None where it has none that does the same.

    Names of constraints and indexes go through ``op.f``: the models' naming convention, which
    Alembic applies to them, must not change them again.
    """
    call = _call(code)
    method = _method(call)
    if method not in _KEYWORDS or not _is_served(call, method):
        return None
    if method == "drop_constraint":
        # It has no word for the type of an EXCLUDE, and PostgreSQL needs none.
        call.keywords = [each for each in call.keywords if not _is_exclude(each)]
    if method == "create_index" and isinstance(call.args[2], ast.List):
        call.args[2].elts = [_in_parentheses(part) for part in call.args[2].elts]
    if method in _NAMED:
        call.args[0] = _final(call.args[0])
    for node in ast.walk(call):
        if isinstance(node, ast.Call) and _method(node) in _NAMED_INLINE:
            for keyword in node.keywords:
                if keyword.arg == "name":
                    keyword.value = _final(keyword.value)
    return ast.unparse(ast.fix_missing_locations(call))


def in_batch(code: str) -> str | None:
    """The call as it stands in a batch block of its table, None where such a block has none."""
    call = _call(code)
    method = _method(call)
    if method not in _TABLE_AT:
        return None
    del call.args[_TABLE_AT[method]]
    call.keywords = [each for each in call.keywords if each.arg not in ("schema", "source_schema")]
    call.func = ast.Attribute(value=ast.Name(id=BATCH), attr=method)
    return ast.unparse(ast.fix_missing_locations(call))


def _is_served(call: ast.Call, method: str) -> bool:
    """Whether Alembic knows all keywords of the call, and nothing in it is a type of ours."""
    given = {keyword.arg for keyword in call.keywords}
    if not given <= _KEYWORDS[method]:
        return False
    if method == "drop_constraint" and _is_none(call.args[0]):
        return False
    inner = (
        node.func for node in ast.walk(call) if isinstance(node, ast.Call) and node is not call
    )
    of_op = (func.attr for func in inner if isinstance(func, ast.Attribute) and _is_op(func.value))
    return all(name in _INNER for name in of_op)


def _call(code: str) -> ast.Call:
    node = ast.parse(code, mode="eval").body
    assert isinstance(node, ast.Call)
    return node


def _method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _is_op(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "op"


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_exclude(keyword: ast.keyword) -> bool:
    return isinstance(keyword.value, ast.Constant) and keyword.value.value == "exclude"


def _in_parentheses(part: ast.expr) -> ast.expr:
    """A part of an index, an expression in parentheses: Alembic writes it down as it stands."""
    for node in ast.walk(part):
        match node:
            case ast.Call(ast.Attribute(ast.Name("sa"), "text" | "literal_column"), [text]):
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    text.value = f"({text.value})"
    return part


def _final(name: ast.expr) -> ast.expr:
    if not (isinstance(name, ast.Constant) and isinstance(name.value, str)):
        return name
    return ast.Call(func=ast.Attribute(value=ast.Name(id="op"), attr="f"), args=[name], keywords=[])
