"""Models as outlines: what most tables are, without reading all of each.

Only what is plainly of SQLAlchemy's own classes has an outline, and only what `Reader.table`
reads without an error. What stands for a column is a `Kind`; columns that are alike in all but
name and comment have the same one, which was made by `Reader.column`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.schema import DefaultClause
from sqlalchemy.sql.functions import next_value

from flaskmig.dialects.base import unstorable
from flaskmig.engine.models.constraints import foreign_key_outline
from flaskmig.engine.models.declared import is_view
from flaskmig.engine.models.expressions import default_key, exact
from flaskmig.engine.models.metadata import SKIP, Reader
from flaskmig.engine.models.rename_hints import KEY
from flaskmig.engine.models.storable import refuse_unstorable
from flaskmig.engine.models.types import type_state
from flaskmig.errors import ConfigurationError
from flaskmig.schema import Column, Enum, QualifiedName, Schema, Table
from flaskmig.schema.outline import CheckOutline, IndexOutline, KeyOutline, Outline

_NO_COMMENTS: Mapping[str, str] = {}
# What a table says of itself that asks for a look at all of it.
_SAYS = frozenset({SKIP, KEY})


class _Unusual(Exception):
    """Something has no outline."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What columns have in common that are alike in all but their names and comments."""

    column: Column


def kind_column(kind: Hashable) -> Column:
    """The column that the value in an outline of models stands for."""
    assert isinstance(kind, Kind)
    return kind.column


@dataclass(frozen=True, slots=True)
class OutlinedModels:
    """The outlines of the tables that have one, and the native enums that these have."""

    outlines: Mapping[QualifiedName, Outline]
    enums: Mapping[QualifiedName, tuple[Enum, ...]]


def read_outlines(metadata: Iterable[sa.MetaData], reader: Reader) -> OutlinedModels:
    """The outlines of models; what has none is read in full, and says then what is wrong."""
    kinds = _Kinds(reader)
    found: dict[QualifiedName, Outline] = {}
    enums: dict[QualifiedName, tuple[Enum, ...]] = {}
    without = set[QualifiedName]()
    for collection in metadata:
        for table in collection.tables.values():
            name = reader.table_name(table)
            if name in found:
                without.add(name)
                continue
            try:
                found[name] = outline = _outline(table, name, reader, kinds)
                if kinds.has_enum(outline):
                    enums[name] = reader.used_enums(table)
            except (_Unusual, ConfigurationError):
                without.add(name)
    for name in without:
        found.pop(name, None)
    return OutlinedModels(found, enums)


@dataclass(slots=True)
class _Kinds:
    """The kinds of the columns met so far."""

    reader: Reader
    _by_state: dict[Hashable, Kind] = field(default_factory=dict)
    _by_value: dict[Hashable, Kind] = field(default_factory=dict)
    # What a state names by its identity, kept so that nothing else gets that.
    _held: list[Any] = field(default_factory=list)
    _of_enums: set[Hashable] = field(default_factory=set)

    def has_enum(self, outline: Outline) -> bool:
        """Whether a column has a native enum."""
        return bool(self._of_enums) and not self._of_enums.isdisjoint(outline.facts)

    def of(self, column: sa.Column[Any], held: Mapping[str, Any], *, counts: bool) -> Kind:
        """The kind of a column; ``counts``: the key's, whose values the database may count."""
        type_, default = held["type"], held["server_default"]
        known = type_state(type_)
        if known is None:
            self._held.append(type_)
            known = id(type_)
        value: Hashable = None
        if default is not None:
            if type(default) is not DefaultClause or isinstance(default.arg, next_value):
                raise _Unusual
            value = default_key(default)
            if value is None:
                self._held.append(default)
                value = id(default)
        state = (known, held["nullable"], value, counts)
        kind = self._by_state.get(state)
        if kind is None:
            kind = self._by_state[state] = self._read(column)
        return kind

    def _read(self, column: sa.Column[Any]) -> Kind:
        read = replace(self.reader.column(column), name="_", comment=None, elsewhere=None)
        refuse_unstorable(Schema(tables=(Table(name=QualifiedName("_"), columns=(read,)),)))
        value = (read, read.type.source, read.default_source, read.sequence)
        kind = self._by_value.setdefault(value, Kind(read))
        if read.type.enum is not None:
            self._of_enums.add(kind)
        return kind


def _outline(table: sa.Table, name: QualifiedName, reader: Reader, kinds: _Kinds) -> Outline:
    is_sqlite = reader.dialect.name == "sqlite"
    if type(table) is not sa.Table or table._prefixes or is_view(table):
        raise _Unusual
    if is_sqlite and name.schema is not None:
        raise _Unusual
    _require_plain(table, vars(table), reader)
    columns = _Columns(None if is_sqlite else _counting(table))
    for column in table.columns:
        columns.add(column, vars(column), reader, kinds)
    checks = columns.checks
    keys: list[KeyOutline] = []
    for constraint in table.constraints:
        if type(constraint) is sa.CheckConstraint:
            checks.append(constraint)
        elif (key := _key(constraint, reader)) is not None:
            keys.append(key)
    comments = columns.comments
    if table.comment:
        comments[""] = exact(table.comment)
    found = Outline(
        name,
        tuple(columns.names),
        tuple(columns.kinds),
        tuple(keys),
        tuple(_checks(checks, reader)) if checks else (),
        tuple([_index(index, reader) for index in table.indexes]),
        comments if comments and reader.expressions.dialect.supports_comments else _NO_COMMENTS,
    )
    _require_alone(found)
    _require_storable(found)
    return found


@dataclass(slots=True)
class _Columns:
    """The columns of a table, and what is written inside of them."""

    counting: sa.Column[Any] | None
    names: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    checks: list[sa.Constraint] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)

    def add(
        self, column: sa.Column[Any], held: Mapping[str, Any], reader: Reader, kinds: _Kinds
    ) -> None:
        """Add a column, of which ``held`` are the attributes."""
        if type(column) is not sa.Column or held["system"]:
            raise _Unusual
        if held["computed"] is not None or held["identity"] is not None:
            raise _Unusual
        if "info" in held or "dialect_options" in held:
            _require_plain(column, held, reader)
        if held["default"] is not None and isinstance(held["default"], sa.Sequence):
            raise _Unusual
        name = exact(held["name"])
        self.names.append(name)
        self.kinds.append(kinds.of(column, held, counts=column is self.counting))
        if held["comment"]:
            self.comments[name] = exact(held["comment"])
        if held["constraints"]:
            self.checks += held["constraints"]


def _counting(table: sa.Table) -> sa.Column[Any] | None:
    """The column whose values a database other than SQLite counts by itself, if any."""
    # Table.autoincrement_column has had this name since SQLAlchemy 2.0.4 only.
    column = table.primary_key._autoincrement_column
    return column if column is not None and column.default is None else None


def _require_plain(item: Any, held: Mapping[str, Any], reader: Reader) -> None:
    """Nothing is said for this database or for migrations alone."""
    info = held.get("info")
    if info and not _SAYS.isdisjoint(info):
        raise _Unusual
    # SQLAlchemy makes this when the first argument is given, or asked for.
    if "dialect_options" in held:
        prefix = f"{reader.dialect.name}_"
        if any(name.startswith(prefix) for name in item.dialect_kwargs):
            raise _Unusual


def _require_plain_constraint(constraint: sa.Constraint, reader: Reader) -> None:
    if constraint._ddl_if is not None or constraint.comment:
        raise _Unusual
    held = vars(constraint)
    if "info" in held or "dialect_options" in held:
        _require_plain(constraint, held, reader)


def _key(constraint: sa.Constraint, reader: Reader) -> KeyOutline | None:
    """A key; None for one of no columns, of which ``create_all`` writes nothing."""
    _require_plain_constraint(constraint, reader)
    if type(constraint) is sa.ForeignKeyConstraint:
        outline = foreign_key_outline(reader.expressions, constraint)
        assert outline.target is not None
        if outline.target.schema is not None and reader.dialect.name == "sqlite":
            raise _Unusual
        return outline
    if constraint.deferrable is not None or constraint.initially is not None:
        raise _Unusual
    columns: Sequence[sa.Column[Any]]
    if type(constraint) is sa.PrimaryKeyConstraint:
        # A key that no one wrote out puts its autoincrement column first, as SQLAlchemy does.
        implicit = constraint._implicit_generated
        columns = constraint.columns_autoinc_first if implicit else list(constraint.columns)
    elif type(constraint) is sa.UniqueConstraint:
        columns = list(constraint.columns)
    else:
        raise _Unusual
    if not columns:
        return None
    names = tuple([exact(column.name) for column in columns])
    letter: Literal["p", "u"] = "p" if type(constraint) is sa.PrimaryKeyConstraint else "u"
    return KeyOutline(letter, reader.name_of(constraint), names)


def _checks(constraints: Iterable[sa.Constraint], reader: Reader) -> Iterator[CheckOutline]:
    for constraint in constraints:
        if type(constraint) is not sa.CheckConstraint:
            raise _Unusual
        _require_plain_constraint(constraint, reader)
        if reader.expressions.is_made(constraint):
            yield CheckOutline(reader.name_of(constraint), reader.sql(constraint.sqltext))


def _index(index: sa.Index, reader: Reader) -> IndexOutline:
    if type(index) is not sa.Index or index._ddl_if is not None:
        raise _Unusual
    held = vars(index)
    if "info" in held or "dialect_options" in held:
        _require_plain(index, held, reader)
    columns = [exact(each.name) for each in index.expressions if isinstance(each, sa.Column)]
    name = reader.name_of(index)
    if not name or len(columns) != len(index.expressions):
        raise _Unusual
    return IndexOutline(name, bool(index.unique), tuple(columns))


def _require_alone(outline: Outline) -> None:
    """No name is had twice, and no two keys would be one."""
    if len(set(outline.columns)) != len(outline.columns):
        raise _Unusual
    names = [key.name for key in outline.keys if key.name is not None]
    names += [check.name for check in outline.checks if check.name is not None]
    if len(set(names)) != len(names):
        raise _Unusual
    indexed = [key.columns for key in outline.keys if key.kind != "f"]
    if len(set(indexed)) != len(indexed):
        raise _Unusual
    if len({index.name for index in outline.indexes}) != len(outline.indexes):
        raise _Unusual


def _require_storable(outline: Outline) -> None:
    names = [outline.name.name, outline.name.schema or "_", *outline.columns]
    for key in outline.keys:
        if key.target is not None:
            names += (key.target.name, key.target.schema or "_", *key.target_columns)
    names += [key.name or "_" for key in outline.keys]
    names += [check.name or "_" for check in outline.checks]
    names += [index.name for index in outline.indexes]
    if "" in names:
        raise _Unusual
    texts = (*outline.comments.values(), *(check.expression for check in outline.checks))
    if unstorable("\n".join((*names, *texts))):
        raise _Unusual
