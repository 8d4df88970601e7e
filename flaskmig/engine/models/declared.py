"""Views, functions, triggers and extensions of models as values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from flaskmig.declare import View as DeclaredView
from flaskmig.declare import declared_in, query_text, query_uses
from flaskmig.declare.creating import resolved
from flaskmig.operations.mentions import names_mentioned
from flaskmig.schema import Declared, QualifiedName, Trigger, View

if TYPE_CHECKING:
    from flaskmig.engine.models.metadata import Reader


def read_declared(reader: Reader, metadata: sa.MetaData) -> Iterator[Declared]:
    """What the MetaData declares beside tables; raises ConfigurationError."""
    for declaration in declared_in(metadata, reader.dialect.name):
        value = resolved(declaration.value(reader.dialect), reader.default_schema)
        if isinstance(value, View) and isinstance(declaration, DeclaredView):
            value = replace(value, indexes=tuple(map(reader.index, declaration.table.indexes)))
        yield value
    for table in metadata.tables.values():
        if is_view(table) and (view := _sqlalchemy_view(reader, table)) is not None:
            yield view


def is_view(table: sa.Table) -> bool:
    """Whether the table stands for a view, as one of SQLAlchemy's CreateView does since 2.1."""
    return bool(getattr(table, "is_view", False))


def _sqlalchemy_view(reader: Reader, table: sa.Table) -> View | None:
    """The view of a CreateView; None where this database does not get it."""
    creator: Any = table._creator_ddl  # type: ignore[attr-defined, unused-ignore]
    if creator.temporary or (creator.materialized and reader.dialect.name != "postgresql"):
        return None
    return View(
        name=reader.table_name(table),
        definition=query_text(creator.selectable, reader.dialect.compiler, f"view {table.name}"),
        materialized=creator.materialized,
        indexes=tuple(map(reader.index, table.indexes)),
        comment=table.comment,
        uses=tuple(
            (reader.table_name(read), column) for read, column in query_uses(creator.selectable)
        ),
    )


def with_reads(views: Iterable[View], names: Iterable[QualifiedName]) -> tuple[View, ...]:
    """The views, those of which only the text is known with the relations that it may read."""
    known = set(names)

    def read(view: View) -> View:
        if view.uses:
            return view
        found = sorted((names_mentioned(view.definition) & known) - {view.name})
        return replace(view, uses=tuple((name, "") for name in found))

    return tuple(map(read, views))


def with_tables(triggers: Iterable[Trigger], names: Iterable[QualifiedName]) -> list[Trigger]:
    """The triggers, on the tables that their texts may name in another letter case."""
    known = {name.name.lower(): name for name in names}
    return [
        replace(trigger, table=known.get(trigger.table.name.lower(), trigger.table))
        for trigger in triggers
    ]
