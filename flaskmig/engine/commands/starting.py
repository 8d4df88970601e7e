"""What stands against the first revision of an upgrade, by what the database says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from flaskmig.engine.commands.changed_files import refuse_by_journal
from flaskmig.errors import HistoryError

if TYPE_CHECKING:
    from flaskmig.engine.commands.ways import Way
    from flaskmig.engine.records.history import History
    from flaskmig.engine.revisions.graph import Revision


def refuse_start(history: History, *, way: Way) -> None:
    """What is asked before the first revision of the way up runs; an upgrade asks under the lock.

    Raises HistoryError where a revision would run a second time, or one was passed over that
    never ran, or where a database without a version row has tables that the revisions create.
    """
    if not history.rows():
        if not _has_tables(history):
            # Nothing can clash or run twice, so that no file has to be read for what it creates.
            return
        _refuse_existing_tables(history, way.path, way.bind)
    refuse_by_journal(way.scripts, history, way.path)


def _refuse_existing_tables(history: History, path: Sequence[Revision], bind: str) -> None:
    from flaskmig.engine.files.managed import created_tables

    inspector = sa.inspect(history.connection)
    created = created_tables([revision.path for revision in path], bind)
    schemas = {name.schema for name in created}
    there = {(schema, name) for schema in schemas for name in inspector.get_table_names(schema)}
    clash = sorted(name for name in created if (name.schema, name.name) in there)
    if clash:
        raise HistoryError(
            f"the database has no revision yet but already has "
            f"{', '.join(map(str, clash))}, which the revisions create",
            hint="if the tables are as the revisions make them, `flask db stamp head`; "
            "if db.create_all() made them, drop them first",
        )


def _has_tables(history: History) -> bool:
    """Whether the database has tables other than those of our own, in any schema."""
    from flaskmig.engine.records.journal_table import TABLE

    inspector = sa.inspect(history.connection)
    schemas = (name for name in inspector.get_schema_names() if name != "information_schema")
    found = {name for schema in schemas for name in inspector.get_table_names(schema)}
    return bool(found - {history.name, TABLE})
