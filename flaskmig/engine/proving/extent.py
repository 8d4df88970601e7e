"""The part of two schemas that a trial needs: what operations touch, and what that stands on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from flaskmig.engine.comparing.declared import compare_extensions
from flaskmig.operations import Operation
from flaskmig.operations.mentions import calls_mentioned, view_needs
from flaskmig.schema import Function, QualifiedName, Schema, Table, View

DECLARED = ("views", "functions", "triggers", "extensions")


@dataclass(frozen=True, kw_only=True)
class Extent:
    """The same part of both sides; ``is_whole`` where it is all there is."""

    current: Schema
    desired: Schema
    is_whole: bool = True

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of both sides."""
        return (*self.current.tables, *self.desired.tables)

    @property
    def changes_declared(self) -> bool:
        """Whether a view, function, trigger or extension, or a namespace, is not as it was."""
        names = {*DECLARED, "schemas"} - {"extensions"}
        return any(
            getattr(self.current, name) != getattr(self.desired, name) for name in names
        ) or any(compare_extensions(self.current, self.desired))


def touched(current: Schema, desired: Schema, operations: Sequence[Operation]) -> Extent:
    """What the operations name, the tables tied to it by foreign keys, and the views over it.

    Of the tables around, foreign keys that lead out of the part are left out, on both sides.
    """
    core = frozenset(
        ref.owner
        for each in operations
        for refs in (each.creates, each.uses, each.drops, each.releases)
        for ref in refs
    )
    views = {name for schema in (current, desired) for name in _views(schema, core)}
    core |= views
    around = {name for schema in (current, desired) for name in _around(schema, core)}
    before, after = (_part(schema, core, around) for schema in (current, desired))
    is_whole = (before, after) == (current, desired)
    return Extent(current=before, desired=after, is_whole=is_whole)


def without_declared(extent: Extent) -> Extent:
    """Without views, functions and triggers, where they stay as they are.

    Their texts may name a schema, and then mean what is there and not what is tried.
    """
    none: dict[str, tuple[()]] = {"views": (), "functions": (), "triggers": ()}
    sides = (
        replace(
            schema,
            tables=tuple(replace(table, triggers=()) for table in schema.tables),
            **none,
        )
        for schema in (extent.current, extent.desired)
    )
    before, after = sides
    return Extent(current=before, desired=after, is_whole=False)


def _views(schema: Schema, core: Collection[QualifiedName]) -> Iterator[QualifiedName]:
    """The views that read something of the core, directly or through others."""
    reached = set(core)
    pending = list(schema.views)
    while True:
        reading = [view for view in pending if view.name in reached or _reads(view) & reached]
        if not reading:
            return
        pending = [view for view in pending if view not in reading]
        reached.update(view.name for view in reading)
        yield from (view.name for view in reading)


def _reads(view: View) -> set[QualifiedName]:
    return {ref.owner for ref in view_needs(view) if ref.kind in ("table", "view")}


def _around(schema: Schema, core: Collection[QualifiedName]) -> Iterator[QualifiedName]:
    """What foreign keys of the core lead to and come from, and what its views read."""
    for table in schema.tables:
        targets = [key.target for key in table.foreign_keys]
        if table.name in core:
            yield from targets
        elif any(target in core for target in targets):
            yield table.name
    pending = [view for view in schema.views if view.name in core]
    seen = set[QualifiedName]()
    while pending:
        view = pending.pop()
        for name in _reads(view) - seen:
            seen.add(name)
            yield name
            below = schema.find_view(name)
            if below is not None:
                pending.append(below)


def _part(
    schema: Schema, core: Collection[QualifiedName], around: Collection[QualifiedName]
) -> Schema:
    names = {*core, *around}
    tables = tuple(
        table if table.name in core else _alone(table, names)
        for table in schema.tables
        if table.name in names
    )
    columns = [column for table in tables for column in table.columns]
    enums = {column.type.enum for column in columns} | names
    sequences = {column.sequence for column in columns} | names
    views = tuple(view for view in schema.views if view.name in names)
    triggers = tuple(each for each in schema.triggers if each.table in core)
    texts = [
        *(text for table in tables for text in _texts(table)),
        *(view.definition for view in views),
        *(trigger.definition for trigger in triggers),
    ]
    return replace(
        schema,
        tables=tables,
        enums=tuple(enum for enum in schema.enums if enum.name in enums),
        sequences=tuple(each for each in schema.sequences if each.name in sequences),
        views=views,
        triggers=triggers,
        functions=tuple(_called(schema.functions, texts, names)),
    )


def _alone(table: Table, names: Collection[QualifiedName]) -> Table:
    """A table around, without what leads out of the part."""
    leading_out = [key for key in table.foreign_keys if key.target not in names]
    if not leading_out and not table.triggers:
        return table
    kept = tuple(each for each in table.constraints if each not in leading_out)
    sql = None if leading_out else table.sql
    return replace(table, constraints=kept, sql=sql, triggers=())


def _texts(table: Table) -> Iterator[str]:
    yield from table.expressions
    yield from (column.default for column in table.columns if column.default)


def _called(
    functions: Sequence[Function], texts: Sequence[str], names: Collection[QualifiedName]
) -> Iterator[Function]:
    """The functions that are touched or that the texts call, and those that they call in turn."""
    pending = list(functions)
    called = {name.name for text in texts for name in calls_mentioned(text)}
    while True:
        found = [each for each in pending if each.name in names or each.name.name in called]
        if not found:
            return
        yield from found
        pending = [each for each in pending if each not in found]
        called |= {name.name for each in found for name in calls_mentioned(each.definition)}
