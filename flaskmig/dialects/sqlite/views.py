"""Views as statements on SQLite."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.dialects.sqlite import dialect as sqlalchemy_dialect

from flaskmig.dialects.base import Statement
from flaskmig.dialects.sqlite.create_table import table_name
from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import CreateView, DropView, ReplaceView
from flaskmig.schema import Trigger, View


def statements(
    operation: CreateView | DropView | ReplaceView, triggers: Iterable[Trigger]
) -> list[Statement]:
    """The SQL of the operation; ``triggers`` are those of a view that is made anew.

    Raises UnsupportedOperationError for what SQLite does not have.
    """
    match operation:
        case CreateView(view=view):
            return [_create(view)]
        case DropView(view=view):
            return [_drop(view)]
        case ReplaceView(before=before, after=after):
            lost = [Statement(sql=trigger.definition) for trigger in triggers]
            return [_drop(before), _create(after), *lost]


def _create(view: View) -> Statement:
    if view.materialized:
        raise UnsupportedOperationError(
            f"SQLite has no materialized views: {view.name}",
            hint='limit it to PostgreSQL with dialects=("postgresql",)',
        )
    if view.options:
        given = ", ".join(name for name, _ in view.options)
        raise UnsupportedOperationError(
            f"views have no options on SQLite: {view.name}: {given}",
            hint="leave them out, or limit the view to PostgreSQL",
        )
    columns = f" ({', '.join(map(_spelled, view.columns))})" if view.columns else ""
    table_name(view.name)
    name = _spelled(view.name.name)
    return Statement(sql=f"CREATE VIEW {name}{columns} AS\n{view.definition}")


def _spelled(name: str) -> str:
    """The name as SQLAlchemy writes it: the text is kept, and one view has one text."""
    return sqlalchemy_dialect().identifier_preparer.quote(name)


def _drop(view: View) -> Statement:
    return Statement(sql=f"DROP VIEW {table_name(view.name)}")
