"""What a project leaves out: ``include_object``, ``include_name``, ``skip_autogenerate``.

What is left out stays as it is: the desired side is made to have just what the database has.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

import sqlalchemy as sa

from flaskmig.engine.models.metadata import SKIP, Reader
from flaskmig.engine.models.rebuilt import Rebuilt
from flaskmig.schema import (
    Check,
    Constraint,
    ForeignKey,
    PrimaryKey,
    QualifiedName,
    Schema,
    Table,
    Unique,
)

Kind: TypeAlias = Literal[
    "schema",
    "table",
    "column",
    "index",
    "unique_constraint",
    "foreign_key_constraint",
    "check_constraint",
]
IncludeObject: TypeAlias = Callable[[Any, "str | None", Kind, bool, Any], bool]
IncludeName: TypeAlias = Callable[["str | None", Kind, Mapping[str, "str | None"]], bool]

_CONSTRAINT_KINDS: Mapping[type, Kind] = {
    Unique: "unique_constraint",
    ForeignKey: "foreign_key_constraint",
    Check: "check_constraint",
}


class Models:
    """The models' own objects, by the names that they have in a Schema."""

    def __init__(
        self,
        metadata: Sequence[sa.MetaData],
        reader: Reader,
        *,
        plain: Container[QualifiedName] = (),
    ) -> None:
        """``plain`` are the names of tables of which no part says that it is to be left alone."""
        self._reader = reader
        self._plain = plain
        self._tables = {
            reader.table_name(table): table
            for collection in metadata
            for table in collection.tables.values()
        }

    @property
    def has_skipped(self) -> bool:
        """Whether a part of a table says that it is to be left alone."""
        return any(
            _is_skipped(part)
            for name, table in self._tables.items()
            if name not in self._plain
            for parts in (table.columns, table.indexes, table.constraints)
            for part in parts
        )

    def table(self, name: QualifiedName) -> sa.Table | None:
        return self._tables.get(name)

    def column(self, table: QualifiedName, name: str) -> sa.Column[Any] | None:
        columns = self._tables[table].columns if table in self._tables else ()
        return next((column for column in columns if column.name == name), None)

    def index(self, table: QualifiedName, name: str) -> sa.Index | None:
        indexes = self._tables[table].indexes if table in self._tables else ()
        return next((i for i in indexes if self._reader.index(i).name == name), None)

    def constraint(self, table: QualifiedName, constraint: Constraint) -> sa.Constraint | None:
        made = self._tables[table].constraints if table in self._tables else ()
        wanted = type(constraint)
        for candidate in made:
            if wanted is PrimaryKey or not isinstance(candidate, sa.PrimaryKeyConstraint):
                read = self._reader.constraint(candidate)
                if type(read) is wanted and read == constraint:
                    return candidate
        return None


@dataclass(slots=True)
class Inclusion:
    """The hooks at work on one pair of schemas."""

    include_object: IncludeObject | None
    include_name: IncludeName | None
    models: Models | Rebuilt
    current: Schema
    rebuilt: Rebuilt = field(init=False)

    def __post_init__(self) -> None:
        self.rebuilt = Rebuilt(self.current)

    @property
    def has_rules(self) -> bool:
        """Whether there is anything that could leave something out."""
        if self.include_object is not None or self.include_name is not None:
            return True
        return isinstance(self.models, Models) and self.models.has_skipped

    def apply(self, desired: Schema) -> Schema:
        """The desired schema, with everything that the hooks leave out as ``current`` has it."""
        names = {table.name for table in (*self.current.tables, *desired.tables)}
        tables = (self._table(name, desired.find_table(name)) for name in sorted(names))
        return replace(desired, tables=tuple(table for table in tables if table is not None))

    def _table(self, name: QualifiedName, desired: Table | None) -> Table | None:
        current = self.current.find_table(name)
        if current is not None and not self._named(name):
            return current
        if not self._wanted(
            self.models.table(name), self.rebuilt.table(name), name.name, "table",
            in_models=desired is not None, in_database=current is not None,
        ):  # fmt: skip
            return current
        if current is None or desired is None:
            return desired
        return self._parts(current, desired)

    def _parts(self, current: Table, desired: Table) -> Table:
        columns = self._columns(current, desired)
        indexes = self._chosen(
            current.indexes,
            desired.indexes,
            lambda index: index.name,
            lambda index, current_index, desired_index: self._includes(
                current.name, index.name, "index",
                self.models.index(current.name, index.name),
                self.rebuilt.index(current.name, index.name),
                in_models=desired_index is not None, in_database=current_index is not None,
            ),
        )  # fmt: skip
        return replace(
            desired,
            columns=columns,
            constraints=tuple(self._constraints(current, desired)),
            indexes=tuple(indexes),
        )

    def _columns(self, current: Table, desired: Table) -> tuple[Any, ...]:
        return tuple(
            self._chosen(
                current.columns,
                desired.columns,
                lambda column: column.name,
                lambda column, before, after: self._includes(
                    current.name, column.name, "column",
                    self.models.column(current.name, column.name),
                    self.rebuilt.column(current.name, column.name),
                    in_models=after is not None, in_database=before is not None,
                ),
            )
        )  # fmt: skip

    def _constraints(self, current: Table, desired: Table) -> Iterator[Constraint]:
        yield from (c for c in desired.constraints if type(c) not in _CONSTRAINT_KINDS)
        for kind, type_ in _CONSTRAINT_KINDS.items():
            yield from self._chosen(
                [c for c in current.constraints if type(c) is kind],
                [c for c in desired.constraints if type(c) is kind],
                lambda constraint: constraint.name or replace(constraint, name=None),
                lambda constraint, before, after, type_=type_: self._includes(
                    current.name, constraint.name, type_,
                    self.models.constraint(current.name, after) if after else None,
                    self.rebuilt.constraint(current.name, before) if before else None,
                    in_models=after is not None, in_database=before is not None,
                ),
            )  # fmt: skip

    def _chosen(
        self,
        current: Iterable[Any],
        desired: Iterable[Any],
        key: Callable[[Any], Any],
        includes: Callable[..., bool],
    ) -> Iterator[Any]:
        """What is desired: by the models where included, else by the database."""
        before = {key(item): item for item in current}
        after = {key(item): item for item in desired}
        for name in dict.fromkeys((*after, *before)):
            item = after.get(name, before.get(name))
            chosen = after if includes(item, before.get(name), after.get(name)) else before
            if name in chosen:
                yield chosen[name]

    def _includes(
        self,
        table: QualifiedName,
        name: str | None,
        kind: Kind,
        model: Any,
        rebuilt: Any,
        *,
        in_models: bool,
        in_database: bool,
    ) -> bool:
        if in_database and self.include_name is not None and name is not None:
            parents = self._parents(table)
            if not self.include_name(name, kind, parents):
                return False
        return self._wanted(
            model, rebuilt, name, kind, in_models=in_models, in_database=in_database
        )

    def _wanted(
        self,
        model: Any,
        rebuilt: Any,
        name: str | None,
        kind: Kind,
        *,
        in_models: bool,
        in_database: bool,
    ) -> bool:
        if in_models and _is_skipped(model):
            return False
        if self.include_object is None:
            return True
        if in_models and model is not None:
            return bool(
                self.include_object(model, name, kind, False, rebuilt if in_database else None)
            )
        return rebuilt is None or bool(self.include_object(rebuilt, name, kind, True, None))

    def _named(self, name: QualifiedName) -> bool:
        if self.include_name is None:
            return True
        if not self.include_name(name.schema, "schema", {}):
            return False
        return bool(self.include_name(name.name, "table", self._parents(name, of_table=True)))

    def _parents(self, table: QualifiedName, *, of_table: bool = False) -> dict[str, str | None]:
        parents = {"schema_name": table.schema, "schema_qualified_table_name": str(table)}
        return parents if of_table else {**parents, "table_name": table.name}


def _is_skipped(model: Any) -> bool:
    return bool(model is not None and model.info.get(SKIP))
