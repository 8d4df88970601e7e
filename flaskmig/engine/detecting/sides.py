"""Both sides of a comparison: read, narrowed to what is compared, and what they were read from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine import Dialect as SQLAlchemyDialect

from flaskmig.dialects.base import Dialect
from flaskmig.engine.comparing.renames import Rename
from flaskmig.engine.detecting.column_rules import (
    ColumnRules,
    ComparisonContext,
)
from flaskmig.engine.detecting.declared import undeclared
from flaskmig.engine.detecting.inclusion import Inclusion, Models
from flaskmig.engine.detecting.reading import Reading
from flaskmig.engine.detecting.scope import Scope
from flaskmig.engine.detecting.sources import (
    Source,
    collections_of,
    connected,
    dialect_for,
    every_schema,
)
from flaskmig.engine.detecting.unchanged import NONE_UNCHANGED, Unchanged
from flaskmig.engine.models.metadata import Reader, is_left_out
from flaskmig.engine.models.rebuilt import Rebuilt
from flaskmig.engine.models.rename_hints import rename_hints
from flaskmig.schema import QualifiedName, Schema
from flaskmig.snapshots import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """``desired`` narrowed so that it equals ``current`` in all that is not compared.

    ``kept`` are the views, functions, triggers and extensions that models do not declare and that
    stay as they are. ``connection`` is the one that can say how the other side would be spelled,
    None where there is none. ``is_spelled_by_desired``: the desired side has the words of a
    database and the current one has not. A side is live where it was read from a database.
    ``models`` has the desired side as SQLAlchemy objects, ``hints`` what it says of its former
    names. ``inexpressible`` is what a live current side has that no operation expresses. Neither
    side has the tables that are ``unchanged``.
    """

    current: Schema
    desired: Schema
    dialect: Dialect
    rules: ColumnRules
    models: Models | Rebuilt
    hints: tuple[Rename, ...] = ()
    kept: Schema = field(default_factory=Schema)
    connection: Connection | None = None
    unmanaged: tuple[QualifiedName, ...] = ()
    inexpressible: tuple[str, ...] = ()
    is_spelled_by_desired: bool = False
    current_is_live: bool = True
    unchanged: Unchanged = NONE_UNCHANGED


@contextmanager
def read_sides(
    target: Source,
    current: Source,
    scope: Scope,
    *,
    dialect: str | SQLAlchemyDialect | None = None,
    spelled_by: Connection | Engine | None = None,
    outlined: bool = False,
) -> Iterator[Sides]:
    """Read both sides; connections opened for an Engine are closed at the end.

    ``spelled_by`` is asked how the sides are spelled where none is a database, if it is one of
    that kind. ``outlined``: tables that outlines show to be the same are left out on both sides.
    Raises ConfigurationError where nothing says which database it is, or both sides are of
    different kinds.
    """
    with ExitStack() as stack:
        opened = [connected(source, stack) for source in (target, current)]
        sources = [each.schema if isinstance(each, Snapshot) else each for each in opened]
        authority = connected(spelled_by, stack) if spelled_by is not None else None
        found = dialect_for((*opened, authority), dialect)
        live = [source for source in sources if isinstance(source, Connection)]
        if isinstance(authority, Connection) and authority.dialect.name == found.name:
            live.insert(0, authority)
        connection = live[-1] if live else None
        default = found.default_schema(connection) if connection is not None else None
        reader = Reader(found, default, server=connection.dialect if connection else None)
        known = {*scope.schemas}.union(*(every_schema(found, each, scope) for each in live))
        if found.name == "postgresql":
            known |= scope.managed_schemas
        reading = Reading(sources, reader, known, scope)
        if outlined:
            reading.leave_out_unchanged()
        desired, present = reading.both()
        unchanged = reading.unchanged
        models, hints = _models(sources[0], desired, reader, unchanged)
        rules = ColumnRules(
            scope.compare_type,
            scope.compare_server_default,
            models,
            ComparisonContext(connection.dialect if connection else found.compiler, connection),
        )
        left_out = frozenset[QualifiedName]().union(
            *(_left_out(source, reader, unchanged) for source in sources)
        )
        kept = Schema()
        if isinstance(models, Models):
            kept = undeclared(present, desired, scope.manages_object)
        narrowed, unmanaged = narrow(
            present,
            desired,
            scope,
            models=models,
            rules=rules,
            left_out=left_out,
            kept=kept,
            unchanged=unchanged,
        )
        there = sources[1]
        inexpressible = tuple(_commented(sources[0], reader, unchanged))
        if isinstance(there, Connection):
            inexpressible += found.inexpressible(there, reading.schemas)
        yield Sides(
            inexpressible=inexpressible,
            current=present,
            desired=narrowed,
            dialect=found,
            rules=rules,
            models=models,
            hints=hints,
            kept=kept,
            connection=connection,
            unmanaged=unmanaged,
            is_spelled_by_desired=_authority(sources[0]) > _authority(sources[1]),
            current_is_live=isinstance(sources[1], Connection),
            unchanged=unchanged,
        )


def _authority(source: Source) -> int:
    """How near the words of a side are to the database's own."""
    if isinstance(source, Connection):
        return 2
    return 1 if isinstance(source, Schema) else 0


def _models(
    source: Source, desired: Schema, reader: Reader, unchanged: Unchanged
) -> tuple[Models | Rebuilt, tuple[Rename, ...]]:
    """The desired side as SQLAlchemy objects, and what it says of its former names."""
    collections = collections_of(source)
    if collections is None:
        return Rebuilt(desired), ()
    models = Models(collections, reader, plain=unchanged)
    return models, rename_hints(collections, reader, without=unchanged)


def _commented(source: Source, reader: Reader, unchanged: Unchanged) -> Iterator[str]:
    """The constraints of models that have comments, where the database keeps such."""
    if not reader.expressions.dialect.supports_constraint_comments:
        return
    for model in _models_of(source, reader, unchanged):
        for constraint in model.constraints:
            if constraint.comment:
                what = constraint.name or "a constraint"
                yield f"the comment of {what} of {model.fullname}"


def _left_out(source: Source, reader: Reader, unchanged: Unchanged) -> Iterator[QualifiedName]:
    """The tables of which models say that they are to be left alone."""
    for model in _models_of(source, reader, unchanged):
        if is_left_out(model):
            yield reader.table_name(model)


def _models_of(source: Source, reader: Reader, unchanged: Unchanged) -> Iterator[sa.Table]:
    """The models that are not unchanged; those are plain."""
    for collection in collections_of(source) or ():
        for model in collection.tables.values():
            if reader.table_name(model) not in unchanged:
                yield model


def narrow(
    current: Schema,
    desired: Schema,
    scope: Scope,
    *,
    models: Models | Rebuilt,
    rules: ColumnRules,
    left_out: Collection[QualifiedName] = (),
    kept: Schema | None = None,
    unchanged: Unchanged = NONE_UNCHANGED,
) -> tuple[Schema, tuple[QualifiedName, ...]]:
    """The desired schema with what is not compared as ``current`` has it; the unmanaged tables.

    ``left_out`` are tables that models want to have left alone.
    """
    if left_out:
        present = (current.find_table(name) for name in sorted(left_out))
        others = (table for table in desired.tables if table.name not in left_out)
        desired = desired.with_tables((*others, *(table for table in present if table)))
    inclusion = Inclusion(scope.include_object, scope.include_name, models, current)
    if inclusion.has_rules:
        desired = inclusion.apply(desired)
    unmanaged = tuple(
        table.name
        for table in current.tables
        if desired.find_table(table.name) is None and not scope.manages(table.name)
    )
    desired = desired.with_tables((*desired.tables, *(current.table(name) for name in unmanaged)))
    desired = rules.apply(current, desired)
    return _with_used(current, desired, scope, kept or Schema(), unchanged), unmanaged


def _with_used(
    current: Schema, desired: Schema, scope: Scope, kept: Schema, unchanged: Unchanged
) -> Schema:
    """The desired schema with the enums, sequences and namespaces that stay.

    Those that its tables use though the models do not declare them; and, where only managed
    tables may go, all that no managed table used.
    """
    columns = [column for table in desired.tables for column in table.columns]
    used = {column.type.enum for column in columns} | {column.sequence for column in columns}
    used |= unchanged.in_use()
    droppable = {
        name
        for table in current.tables
        if scope.manages(table.name)
        for column in table.columns
        for name in (column.type.enum, column.sequence)
    } | unchanged.in_use(scope.manages)
    keeps_all = scope.managed is not None

    def stays(kind: str, name: QualifiedName) -> bool:
        return name in used or (
            keeps_all and name not in droppable and not scope.manages_object(f"{kind}:{name}")
        )

    enums = [e for e in current.enums if not desired.find_enum(e.name) and stays("enum", e.name)]
    sequences = [
        sequence
        for sequence in current.sequences
        if not desired.find_sequence(sequence.name) and stays("sequence", sequence.name)
    ]
    unmanaged = (name for name in current.schemas if not scope.manages_object(f"schema:{name}"))
    schemas = {*desired.schemas, *(unmanaged if keeps_all else ())}
    homes = {table.name.schema for table in desired.tables}
    homes |= {name.schema for name in unchanged.tables}
    homes |= {scope.version_table_schema}
    homes |= {enum.name.schema for enum in enums}
    homes |= {sequence.name.schema for sequence in sequences}
    homes |= {view.name.schema for view in kept.views}
    homes |= {function.name.schema for function in kept.functions}
    homes |= {extension.schema for extension in kept.extensions}
    schemas.update(name for name in current.schemas if name in homes)
    return replace(
        desired,
        enums=(*desired.enums, *enums),
        sequences=(*desired.sequences, *sequences),
        schemas=tuple(schemas),
    )
