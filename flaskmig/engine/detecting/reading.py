"""Reading both sides of a comparison, as little of them as is needed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.engine import Connection

from flaskmig.engine.detecting.judging import find_unchanged
from flaskmig.engine.detecting.scope import Scope
from flaskmig.engine.detecting.settled import differences_spelled_alike
from flaskmig.engine.detecting.sources import Source, collections_of, live_schema, without_own
from flaskmig.engine.detecting.unchanged import Unchanged
from flaskmig.engine.models.metadata import Reader, read_models
from flaskmig.engine.models.outlines import read_outlines
from flaskmig.engine.models.rename_hints import rename_hints
from flaskmig.schema import QualifiedName, Schema


@dataclass(slots=True)
class Reading:
    """Both sides as they are read; ``schemas`` are the namespaces to read in databases."""

    sources: Sequence[Source]
    reader: Reader
    schemas: set[str]
    scope: Scope
    unchanged: Unchanged = field(default_factory=Unchanged)
    _declared: list[Schema | None] = field(default_factory=list)

    def leave_out_unchanged(self) -> None:
        """Look for tables of models that a live database has just so, and leave those out."""
        collections = collections_of(self.sources[0])
        connection = self.sources[1]
        if collections is None or not isinstance(connection, Connection):
            return
        if not self.scope.compares_all:
            return
        models = read_outlines(collections, self.reader)
        schemas = self.schemas | {name.schema for name in models.outlines if name.schema}
        dialect = self.reader.dialect
        self.unchanged = find_unchanged(
            models,
            dialect.outlines(connection, sorted(schemas - {self.reader.default_schema})),
            dialect.outlined_column,
            partial(differences_spelled_alike, dialect, connection),
        ).without(self._asked_for(models.outlines))

    def both(self) -> tuple[Schema, Schema]:
        """The desired schema and the current one."""
        self._declare()
        self._keep(self.unchanged.needed_by(*(each for each in self._declared if each)))
        sides = self._read()
        # What only the database has may need a table, too.
        if self._keep(self.unchanged.needed_by(*sides)):
            sides = self._read()
        desired, present = sides
        return desired, present

    def _asked_for(self, names: Collection[QualifiedName]) -> set[QualifiedName]:
        default = self.reader.default_schema
        own = {name for name in names if self.scope.is_own(name, default)}
        hints = rename_hints(collections_of(self.sources[0]) or (), self.reader, without=names)
        return own | {name for each in hints if each.kind == "table" for name in each.names}

    def _keep(self, names: Collection[QualifiedName]) -> bool:
        """Read the tables in full after all; whether there are any."""
        if names:
            self.unchanged = self.unchanged.without(names)
            self._declare()
        return bool(names)

    def _declare(self) -> None:
        """Read the sides that are no database, and which namespaces they have."""
        self._declared = [self._declaration(source) for source in self.sources]
        self.schemas.update(name for each in self._declared if each for name in each.schemas)

    def _declaration(self, source: Source) -> Schema | None:
        if isinstance(source, Schema):
            return source
        collections = collections_of(source)
        if collections is None:
            return None
        return read_models(collections, self.reader, without=self.unchanged.enums)

    def _read(self) -> list[Schema]:
        dialect = self.reader.dialect
        return [
            live_schema(source, dialect, self.schemas, self.scope, without=self.unchanged.tables)
            if isinstance(source, Connection)
            else without_own(schema or Schema(), self.scope, self.reader.default_schema)
            for source, schema in zip(self.sources, self._declared, strict=True)
        ]
