"""Views, functions, triggers and extensions, as models declare them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.selectable import SelectBase

from flaskmig import schema as values
from flaskmig.declare.creating import register
from flaskmig.declare.queries import Query, query_text, query_uses
from flaskmig.dialects.base import Dialect
from flaskmig.errors import ConfigurationError
from flaskmig.schema import QualifiedName
from flaskmig.schema.definitions import read_function, read_trigger
from flaskmig.schema.view_options import view_options

_POSTGRESQL_TRIGGER = re.compile(r"\bEXECUTE\s+(?:FUNCTION|PROCEDURE)\b", re.IGNORECASE)


class View:
    """A view of a query.

    ``query`` is a ``select()`` or SQL text, ``columns`` names for what it selects.
    ``check_option`` is "local" or "cascaded". A ``materialized`` one is for PostgreSQL and may have
    ``indexes``, ``storage`` parameters such as ``{"fillfactor": 70}`` and a ``tablespace``.
    ``dialects`` names the databases that get it, None for all that can.

    ``table`` stands for it in queries, with the columns that are known.
    """

    def __init__(
        self,
        name: str,
        query: Query,
        metadata: sa.MetaData,
        *,
        schema: str | None = None,
        columns: Sequence[str] = (),
        materialized: bool = False,
        indexes: Iterable[sa.Index] = (),
        check_option: str | None = None,
        security_barrier: bool | None = None,
        security_invoker: bool | None = None,
        storage: Mapping[str, Any] | None = None,
        tablespace: str | None = None,
        comment: str | None = None,
        dialects: Collection[str] | None = None,
    ) -> None:
        self.name = name
        self.schema = schema if schema is not None else metadata.schema
        self.query = query
        self.columns = tuple(columns)
        self.materialized = materialized
        self.options = view_options(
            check_option=check_option,
            security_barrier=security_barrier,
            security_invoker=security_invoker,
            storage=storage,
            tablespace=tablespace,
        )
        self.comment = comment
        self.dialects = _limited(dialects, ("postgresql",) if materialized else None)
        indexes = tuple(indexes)
        if indexes and not materialized:
            raise ConfigurationError(
                f"view {name} is not materialized and cannot have indexes",
                hint="leave them out, or say materialized=True",
            )
        columns_of = list(self._columns(indexes))
        self.table = sa.Table(name, sa.MetaData(), *columns_of, *indexes, schema=self.schema)
        register(metadata, self)

    def __repr__(self) -> str:
        return f"<View {self.name}>"

    @property
    def c(self) -> Any:
        """The columns of ``table``."""
        return self.table.c

    def _columns(self, indexes: Iterable[sa.Index]) -> Iterator[sa.Column[Any]]:
        named: dict[str, Any] = {}
        if isinstance(self.query, SelectBase):
            selected = self.query.selected_columns
            names = self.columns or tuple(str(column.key) for column in selected)
            named = dict(zip(names, (column.type for column in selected), strict=False))
        else:
            named = dict.fromkeys(self.columns, sa.types.NullType())
            for index in indexes:
                for part in index.expressions:
                    if isinstance(part, str):
                        named.setdefault(part, sa.types.NullType())
        for name, type_ in named.items():
            yield sa.Column(name, type_)

    def value(self, dialect: Dialect) -> values.View:
        """The view as one database is to have it, without indexes; raises ConfigurationError."""
        uses = (
            (QualifiedName(table.name, table.schema), column)
            for table, column in query_uses(self.query)
        )
        return values.View(
            name=QualifiedName(self.name, self.schema),
            definition=query_text(self.query, dialect.compiler, f"view {self.name}"),
            columns=self.columns,
            materialized=self.materialized,
            options=self.options,
            comment=self.comment,
            uses=tuple(uses),
        )


class Function:
    """A function or procedure of PostgreSQL, as a whole CREATE FUNCTION statement."""

    def __init__(self, sql: str, metadata: sa.MetaData, *, comment: str | None = None) -> None:
        self.name, self.arguments, self.definition = read_function(sql)
        self.comment = comment
        self.dialects: frozenset[str] | None = frozenset({"postgresql"})
        register(metadata, self)

    def __repr__(self) -> str:
        return f"<Function {self.name}({self.arguments})>"

    def value(self, dialect: Dialect) -> values.Function:
        """The function as the database is to have it."""
        return values.Function(
            name=self.name,
            arguments=self.arguments,
            definition=self.definition,
            comment=self.comment,
        )


class Trigger:
    """A trigger, as a whole CREATE TRIGGER statement.

    One that executes a function is for PostgreSQL, another one for SQLite, unless ``dialects``
    says otherwise.
    """

    def __init__(
        self,
        sql: str,
        metadata: sa.MetaData,
        *,
        comment: str | None = None,
        dialects: Collection[str] | None = None,
    ) -> None:
        is_postgresql = bool(_POSTGRESQL_TRIGGER.search(sql))
        usual = ("postgresql",) if is_postgresql else ("sqlite",)
        self.dialects = _limited(dialects, usual)
        self.sql = sql
        self.name, self.table, _ = read_trigger(sql, folds=is_postgresql)
        self.comment = comment
        register(metadata, self)

    def __repr__(self) -> str:
        return f"<Trigger {self.name} on {self.table}>"

    def value(self, dialect: Dialect) -> values.Trigger:
        """The trigger as one database is to have it."""
        text = read_trigger(self.sql, folds=dialect.name == "postgresql")
        return values.Trigger(
            name=text.name, table=text.table, definition=text.definition, comment=self.comment
        )


class Extension:
    """An extension of PostgreSQL; ``schema`` and ``version`` are left open where not given."""

    def __init__(
        self,
        name: str,
        metadata: sa.MetaData,
        *,
        schema: str | None = None,
        version: str | None = None,
    ) -> None:
        self.name = name
        self.schema = schema
        self.version = version
        self.dialects: frozenset[str] | None = frozenset({"postgresql"})
        register(metadata, self)

    def __repr__(self) -> str:
        return f"<Extension {self.name}>"

    def value(self, dialect: Dialect) -> values.Extension:
        """The extension as the database is to have it."""
        return values.Extension(name=self.name, schema=self.schema, version=self.version)


def _limited(
    dialects: Collection[str] | None, usual: Collection[str] | None
) -> frozenset[str] | None:
    if isinstance(dialects, str):
        dialects = (dialects,)
    chosen = dialects if dialects is not None else usual
    return None if chosen is None else frozenset(chosen)
