"""A way down that cannot be gone to its end is not begun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from flaskmig.engine.files.dead_ends import DeadEnd, dead_ends, names_in_downgrade
from flaskmig.engine.files.header import parse
from flaskmig.errors import IrreversibleError

if TYPE_CHECKING:
    import ast

    from sqlalchemy.engine import Connection

    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.revisions.graph import Revision


def refuse_dead_ends(
    scripts: Scripts, path: Sequence[Revision], bind: str, connection: Connection
) -> None:
    """Raise IrreversibleError where one of these, undone in this order, has no way back.

    That is known by reading: `op.irreversible` and `raise` that are surely reached, a file without
    downgrade(). One that depends on a table's rows counts where those are there now and nothing
    on the way to it names the table.
    """
    for number, revision in enumerate(path):
        # A tree is many times as large as its file, so none is kept.
        for end in dead_ends(_tree(scripts, revision), bind):
            before = (_tree(scripts, each) for each in path[:number])
            if _is_met(end, before, bind, connection):
                raise _irreversible(revision, end, is_first=number == 0)


def _tree(scripts: Scripts, revision: Revision) -> ast.Module:
    return parse(scripts.source(revision.id).content, revision.path)


def _is_met(end: DeadEnd, before: Iterable[ast.Module], bind: str, connection: Connection) -> bool:
    if end.table is None:
        return True
    word = re.compile(rf"\b{re.escape(end.table)}\b", re.IGNORECASE)
    if any(word.search(text) for tree in before for text in names_in_downgrade(tree, bind)):
        return False
    if not end.table or not sa.inspect(connection).has_table(end.table, schema=end.schema):
        return False
    table = sa.table(end.table, schema=end.schema)
    query: sa.Select[Any] = sa.select(sa.literal_column("1")).select_from(table).limit(1)
    return connection.execute(query).first() is not None


def _irreversible(revision: Revision, end: DeadEnd, *, is_first: bool) -> IrreversibleError:
    line = f", line {end.line}" if end.line is not None else ""
    backup = "restore a backup"
    if end.table is not None:
        backup = (
            "give its op.add_column a backfill=, an SQL expression for those rows, and take "
            f"op.irreversible out; or {backup}"
        )
    return IrreversibleError(
        f"revision {revision.id} ({revision.path}{line}) cannot be undone: {end.reason}; nothing "
        "was undone",
        hint=backup
        if is_first
        else f"`flask db downgrade {revision.id}` goes down to it and stops there; to go on, "
        f"{backup}",
    )
