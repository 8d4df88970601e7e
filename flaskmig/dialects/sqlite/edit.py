"""Editing stored CREATE TABLE text: what no operation touched stays as people wrote it.

`edited` takes a text and the table that it should describe and changes what differs, clause by
clause. Comments, ON CONFLICT, names of NOT NULL constraints and whatever else the model does
not express stay where they are. It does not matter how the text came to differ, so a run of
operations is one edit, and a text that is behind its table catches up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from flaskmig.dialects.sqlite.catalog import collation_name, spelled, table_of
from flaskmig.dialects.sqlite.column_order import with_order
from flaskmig.dialects.sqlite.create_table import (
    INDENT,
    column_text,
    constraint_text,
    create_table,
    default_text,
    generated_text,
    not_null_text,
    options_text,
    require_column,
)
from flaskmig.dialects.sqlite.definition import (
    REST_OF_LINE,
    Clause,
    ColumnText,
    TableText,
    read_table,
)
from flaskmig.schema import Check, Column, Constraint, ForeignKey, PrimaryKey, QualifiedName, Table
from flaskmig.sql import bare, folded, quote, rename, tokens

_BLANK_BEFORE = re.compile(r"\s*\Z")


def edited(sql: str, table: Table, *, name: str | None = None, fresh: Collection[str] = ()) -> str:
    """The CREATE TABLE text changed so that it describes ``table``, called ``name`` if given.

    Columns named in ``fresh`` are new ones: what the text has under their names goes. Raises
    UnsupportedOperationError for what SQLite cannot express.
    """
    table = _as_read(table)
    gone = {folded(column) for column in fresh}
    kept = (column for column in table.columns if folded(column.name) not in gone)
    sql = _without_columns(sql, table, [folded(column.name) for column in kept])
    sql = _without_constraints(sql, table)
    for column in table.columns:
        sql = _with_column(sql, column)
    sql = with_order(sql, [folded(column.name) for column in table.columns])
    sql = _with_constraints(sql, table)
    sql = _with_autoincrement(sql, table)
    sql = _with_options(sql, table)
    return renamed(sql, name if name is not None else table.name.name)


def _as_read(table: Table) -> Table:
    """The table with its checks as a text that has them is read, so that each is found there."""
    constraints = (
        replace(each, expression=bare(each.expression)) if isinstance(each, Check) else each
        for each in table.constraints
    )
    return replace(table, constraints=tuple(constraints))


def renamed(sql: str, name: str) -> str:
    """The text with the table called ``name``."""
    text = read_table(sql)
    if text.name == name:
        return sql
    return _put(sql, text.name_start, text.name_end, quote(name))


def unqualified(sql: str) -> str:
    """The text with its own columns named without the table, so that it may be called otherwise.

    A CHECK may say ``users.age > 0``, which means nothing in the copy that a rebuild makes.
    """
    text = read_table(sql)
    clauses = [clause for column in text.columns for clause in column.clauses]
    expressions = [c for c in (*clauses, *text.constraints) if c.kind in ("check", "generated")]
    for clause in sorted(expressions, key=lambda clause: clause.start, reverse=True):
        found = tokens(sql[clause.body : clause.end])
        for table, dot in reversed(list(pairwise(found))):
            if dot.text == "." and folded(table.name) == folded(text.name):
                sql = _put(sql, clause.body + table.start, clause.body + dot.end, "")
    return sql


def with_renamed_column(sql: str, before: str, after: str) -> str:
    """The text with a column of its own renamed: where it is defined, in keys and expressions."""
    text = read_table(sql)
    column = text.column(before)
    spans = [(column.start, column.name_end)] if column else []
    every = [clause for found in text.columns for clause in found.clauses]
    for clause in (*every, *text.constraints):
        groups = _groups(sql, clause)
        if clause.kind == "foreignkey":
            key = clause.constraint
            inline = clause not in text.constraints
            own = isinstance(key, ForeignKey) and folded(key.target.name) == folded(text.name)
            groups = groups[: int(own) if inline else 1 + int(own)]
        elif clause.kind not in ("primary", "unique", "check", "generated"):
            groups = []
        spans += groups
    for start, end in sorted(spans, reverse=True):
        sql = _put(sql, start, end, rename(sql[start:end], before, after))
    return sql


def _groups(sql: str, clause: Clause) -> list[tuple[int, int]]:
    """Where the clause's outermost parentheses are."""
    groups, depth, start = [], 0, 0
    for token in tokens(sql[clause.body : clause.end]):
        if token.keyword == "(":
            start = start if depth else token.start
            depth += 1
        elif token.keyword == ")":
            depth -= 1
            if depth == 0:
                groups.append((clause.body + start, clause.body + token.end))
    return groups


def _put(sql: str, start: int, end: int, text: str) -> str:
    return sql[:start] + text + sql[end:]


def _without_columns(sql: str, table: Table, kept: Collection[str]) -> str:
    if not any(folded(column.name) in kept for column in read_table(sql).columns):
        # A table is never without a column; of one that keeps none nothing is worth keeping.
        return create_table(table)
    while True:
        text = read_table(sql)
        gone = next((c for c in text.columns if folded(c.name) not in kept), None)
        if gone is None:
            return sql
        sql = _without_item(text, gone)


def _without_item(text: TableText, item: ColumnText | Clause) -> str:
    """The text without a column or table constraint, its comma and the comment behind it."""
    sql, items = text.sql, text.items
    place = items.index(item)
    after = items[place + 1] if place + 1 < len(items) else None
    limit = after.start if after else text.close
    comma = next((c for c in text.commas if item.end <= c < limit), None)
    end = item.end if comma is None else comma + 1
    comment = REST_OF_LINE.match(sql, end)
    if comment:
        end = comment.end()
    start = len(_BLANK_BEFORE.sub("", sql[: item.start]))
    if "--" in sql[sql.rfind("\n", 0, item.start) + 1 : start] and comment is None:
        start = item.start  # a comment to the end of its line must keep that end
    head, tail = sql[:start], sql[end:]
    if after is None and place > 0 and comma is None:
        before = max((c for c in text.commas if c < item.start), default=None)
        if before is not None and before >= items[place - 1].end:
            head = head[:before] + head[before + 1 :]
    return head + tail


def _key(constraint: Constraint, *, resolve: bool) -> Constraint:
    """The constraint as it is compared here.

    The text may leave out what a foreign key's target columns are, and spell the target in
    another case; that alone is no reason to touch it.
    """
    if not isinstance(constraint, ForeignKey):
        return constraint
    target = QualifiedName(folded(constraint.target.name))
    columns = tuple(folded(name) for name in constraint.target_columns) if resolve else ()
    return replace(constraint, target=target, target_columns=columns)


def _matches(read: Constraint, wanted: Constraint) -> bool:
    resolve = isinstance(read, ForeignKey) and bool(read.target_columns)
    return _key(read, resolve=resolve) == _key(wanted, resolve=resolve)


def _pairs(
    text: TableText, table: Table
) -> tuple[list[tuple[Clause, Constraint]], list[Constraint]]:
    """The clauses that the table does not have, and the constraints that the text does not."""
    missing = list(table.constraints)
    extra: list[tuple[Clause, Constraint]] = []
    columns = {folded(column.name): column.name for column in text.columns}
    for clause in text.clauses:
        if clause.constraint is None:
            continue
        constraint = spelled(clause.constraint, columns)
        found = next((c for c in missing if _matches(constraint, c)), None)
        if found is None:
            extra.append((clause, constraint))
        else:
            missing.remove(found)
    return extra, missing


def _without_constraints(sql: str, table: Table) -> str:
    """The text without the constraints that the table lacks; other names are given in place."""
    while True:
        text = read_table(sql)
        extra, missing = _pairs(text, table)
        if not extra:
            return sql
        clause, constraint = extra[0]
        nameless = replace(constraint, name=None)
        after = next((c for c in missing if _matches(nameless, replace(c, name=None))), None)
        if after is not None:
            label = f"CONSTRAINT {quote(after.name)} " if after.name else ""
            sql = _put(sql, clause.start, clause.body, label)
        elif (changed := _changed(constraint, missing)) is not None:
            inline = clause not in text.constraints
            sql = _put(sql, clause.start, clause.end, constraint_text(changed, inline=inline))
        elif clause in text.constraints:
            sql = _without_item(text, clause)
        else:
            sql = _without_clause(sql, clause)


def _changed(constraint: Constraint, missing: list[Constraint]) -> Constraint | None:
    """What the constraint has become: a foreign key of the same columns, a CHECK of its name."""
    for wanted in missing:
        match constraint, wanted:
            case ForeignKey(), ForeignKey() if constraint.columns == wanted.columns:
                return wanted
            case Check(), Check() if constraint.name is not None:
                if constraint.name == wanted.name:
                    return wanted
            case _:
                pass
    return None


def _without_clause(sql: str, clause: Clause) -> str:
    head = sql[: clause.start]
    return head.rstrip(" \t") + sql[clause.end :]


def _with_column(sql: str, column: Column) -> str:
    found, current = _described(sql).get(folded(column.name), (None, None))
    if found is None or current is None:
        return _insert_column(sql, column)
    require_column(column)
    if current.name != column.name:
        sql = _put(sql, found.start, found.name_end, quote(column.name))
    if current.type != column.type:
        sql = _retyped(sql, column)
    if (current.nullable, current.on_null) != (column.nullable, column.on_null):
        not_null = "" if column.nullable else not_null_text(column)
        sql = _with_clause(sql, column, ("not null", "null"), not_null)
    if current.default != column.default:
        default = "" if column.default is None else f"DEFAULT {default_text(column.default)}"
        sql = _with_clause(sql, column, ("default",), default)
    if current.collation != column.collation:
        collation = collation_name(column.collation) if column.collation else None
        collate = f"COLLATE {quote(collation)}" if collation else ""
        sql = _with_clause(sql, column, ("collate",), collate)
    if current.generated != column.generated:
        sql = _with_clause(sql, column, ("generated",), generated_text(column))
    return sql


@lru_cache(maxsize=8)
def _described(sql: str) -> Mapping[str, tuple[ColumnText, Column]]:
    """The columns of a text, by their folded names: where they stand, and what they are."""
    text = read_table(sql)
    pairs = zip(text.columns, table_of(text).columns, strict=True)
    return {folded(found.name): (found, column) for found, column in pairs}


def _insert_column(sql: str, column: Column) -> str:
    text = read_table(sql)
    return _insert_after(text, text.columns[-1], column_text(replace(column, autoincrement=False)))


def _insert_after(text: TableText, item: ColumnText | Clause, definition: str) -> str:
    """The text with one item more, behind another and the comment on that one's line."""
    sql = text.sql
    following = [other.start for other in text.items if other.start > item.start]
    limit = min(following, default=text.close)
    comma = next((place for place in text.commas if item.end <= place < limit), None)
    end = item.end if comma is None else comma + 1
    comment = REST_OF_LINE.match(sql, end)
    separator = _separator(text, item)
    if comment:
        end = comment.end()
        separator = separator if "\n" in separator else "\n" + INDENT
    if comma is not None:
        return _put(sql, end, end, f"{separator}{definition},")
    return _put(_put(sql, end, end, separator + definition), item.end, item.end, ",")


def _separator(text: TableText, item: ColumnText | Clause) -> str:
    """What stands between items: a new line and the item's indent, or a space in a single line."""
    if "\n" not in text.sql[text.open : text.close]:
        return " "
    head = text.sql[: item.start]
    space = head[len(head.rstrip()) :]
    return space[space.rfind("\n") :] if "\n" in space else "\n" + INDENT


def _retyped(sql: str, column: Column) -> str:
    found = read_table(sql).column(column.name)
    if found is None:
        return sql
    if found.type_start == found.type_end:
        return _put(sql, found.name_end, found.name_end, f" {column.type.sql}")
    return _put(sql, found.type_start, found.type_end, column.type.sql)


def _with_clause(sql: str, column: Column, kinds: tuple[str, ...], wanted: str) -> str:
    """The text with one clause of a column: replaced where it is, added at the end, or gone."""
    found = read_table(sql).column(column.name)
    if found is None:
        return sql
    clauses = [clause for clause in found.clauses if clause.kind in kinds]
    for clause in reversed(clauses[1:] if wanted else clauses):
        sql = _without_clause(sql, clause)
    if not wanted:
        return sql
    if clauses:
        return _put(sql, clauses[0].body, clauses[0].end, wanted)
    return _put(sql, found.end, found.end, f" {wanted}")


def _with_constraints(sql: str, table: Table) -> str:
    _, missing = _pairs(read_table(sql), table)
    for constraint in missing:
        text = read_table(sql)
        sql = _insert_after(text, text.items[-1], constraint_text(constraint))
    return sql


def _with_autoincrement(sql: str, table: Table) -> str:
    """The text with AUTOINCREMENT on its primary key, or without."""
    text = read_table(sql)
    clause = next((c for c in text.clauses if isinstance(c.constraint, PrimaryKey)), None)
    wanted = any(column.autoincrement for column in table.columns)
    if clause is None or wanted == (clause.autoincrement is not None):
        return sql
    if clause.autoincrement is not None:
        start, end = clause.autoincrement
        return sql[:start].rstrip(" \t") + sql[end:]
    place = clause.close or clause.end
    return _put(sql, place, place, " AUTOINCREMENT")


def _with_options(sql: str, table: Table) -> str:
    text = read_table(sql)
    wanted = tuple((name, value) for name, value in table.settings.options if value)
    if text.options == wanted:
        return sql
    return sql[: text.close + 1] + options_text(table)
