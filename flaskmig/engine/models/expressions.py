"""SQL expressions and names of models as SQL text, the way ``create_all`` would write them."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Dialect as SQLAlchemyDialect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateSchema, conv
from sqlalchemy.sql.compiler import DDLCompiler
from sqlalchemy.sql.elements import False_, Null, TextClause, True_, quoted_name
from sqlalchemy.sql.functions import Function, GenericFunction, next_value
from sqlalchemy.sql.schema import CheckConstraint, Column, Constraint, DefaultClause, Index

from flaskmig.engine.rendering.default_source import write_default
from flaskmig.errors import ConfigurationError
from flaskmig.schema import QualifiedName, Source

_NEXTVAL = re.compile(
    r"""nextval\(\s*'(?:(?P<schema>"(?:[^"]|"")+"|[\w$]+)\.)?(?P<name>"(?:[^"]|"")+"|[\w$]+)'"""
    r"""\s*(?:::\s*(?:pg_catalog\.)?regclass)?\s*\)\Z""",
    re.IGNORECASE | re.VERBOSE,
)


def exact(name: str) -> str:
    """The name as a plain str: SQLAlchemy's own are of subclasses."""
    return str.__str__(name)


class ReadDefault(NamedTuple):
    """A server default: its SQL, how a file for any database writes it, whom it takes from."""

    sql: str | None
    source: Source | None
    sequence: QualifiedName | None


_USUAL_NAMES = (conv, quoted_name)
NO_DEFAULT = ReadDefault(None, None, None)


class Expressions:
    """Compiles what models hold; one for each database and default schema."""

    def __init__(
        self,
        compiler: SQLAlchemyDialect,
        default_schema: str | None,
        *,
        cuts_names: bool = False,
    ) -> None:
        self.dialect = compiler
        self._cuts_names = cuts_names
        self.default_schema = default_schema
        self._defaults: dict[Hashable, ReadDefault] = {}
        self._texts: dict[str, str] = {}
        self._names: dict[tuple[str, str | None], QualifiedName] = {}
        self._options: dict[tuple[type, str], Any] = {}
        self.ddl: DDLCompiler = compiler.ddl_compiler(compiler, None)  # type: ignore[arg-type]

    def sql(self, expression: Any) -> str:
        """An expression as SQL with its literals inline; a str is SQL already.

        Raises ConfigurationError where the database has no such construct.
        """
        if isinstance(expression, str):
            return exact(expression)
        if type(expression) is TextClause and not expression._bindparams:
            found = self._texts.get(expression.text)
            if found is None:
                found = self._texts[expression.text] = self._compiled(expression)
            return found
        return self._compiled(expression)

    def _compiled(self, expression: Any) -> str:
        try:
            return exact(
                self.ddl.sql_compiler.process(expression, include_table=False, literal_binds=True)
            )
        except (SQLAlchemyError, NotImplementedError) as error:
            raise ConfigurationError(
                f"{self.dialect.name} has no SQL for {expression!r}: {error}",
                hint="write it as sa.text(…)",
            ) from error

    def default(self, value: Any) -> str | None:
        """A server default as SQL text; takes what ``Column(server_default=…)`` takes.

        None where the DDL has no DEFAULT, as for FetchedValue.
        """
        if isinstance(value, DefaultClause):
            value = value.arg
        if isinstance(value, str):
            return exact(self.ddl.sql_compiler.render_literal_value(exact(value), sa.String()))
        if isinstance(value, sa.FetchedValue) or value is None:
            return None
        return self.sql(value)

    def read_default(self, value: Any) -> ReadDefault:
        """A server default as `default` takes it, with what else is known of it."""
        key = default_key(value)
        found = self._defaults.get(key) if key is not None else None
        if found is None:
            sql = self.default(value)
            source = write_default(value, self.default) if sql is not None else None
            found = ReadDefault(sql, source, self.sequence_of(value, sql))
            if key is not None:
                self._defaults[key] = found
        return found

    def sequence_of(self, value: Any, sql: str | None) -> QualifiedName | None:
        """The free-standing sequence that a default takes its values from."""
        if isinstance(value, DefaultClause):
            value = value.arg
        if isinstance(value, next_value):
            return self.qualified(value.sequence.name, value.sequence.schema)
        found = _NEXTVAL.match(sql) if sql else None
        if found is None:
            return None
        schema = _unquoted(found["schema"]) if found["schema"] else None
        return self.qualified(_unquoted(found["name"]), schema)

    def qualified(self, name: str, schema: str | None) -> QualifiedName:
        """A name whose schema is None where it is the connection's default one."""
        known = self._names.get((name, schema))
        if known is None:
            known = QualifiedName(exact(name), self.schema(schema))
            self._names[name, schema] = known
        return known

    def schema(self, schema: str | None) -> str | None:
        return None if schema is None or schema == self.default_schema else exact(schema)

    def constraint_name(self, item: Constraint | Index) -> str | None:
        """The name in the DDL: by the naming convention, cut to what the database takes.

        Raises ConfigurationError for a name of the application's own that is too long.
        """
        given = item.name
        if given is None:
            return None
        if type(given) is str and len(given) <= self.dialect.max_identifier_length:
            return given
        # A final name that is empty is op.f(None): none, whatever the naming convention says.
        if isinstance(given, conv) and not given:
            return None
        if isinstance(given, quoted_name) and self._is_taken_as_it_is(given):
            return exact(given)
        if self._cuts_names and isinstance(item.name, str):
            return self.cut(item.name)
        try:
            name = self.dialect.identifier_preparer.format_constraint(item)
        except SQLAlchemyError as error:
            raise ConfigurationError(f"{item!r}: {error}", hint="give it a shorter name") from error
        return _unquoted(exact(name)) if name is not None else None

    def _is_taken_as_it_is(self, name: quoted_name) -> bool:
        """Whether a DDL has just this name, in quotes or not."""
        is_usual = type(name) in _USUAL_NAMES and name.quote is None
        return is_usual and 0 < len(name) <= self.dialect.max_identifier_length

    def cut(self, name: str) -> str:
        """The name as SQLAlchemy cuts one of a naming convention for this database.

        A revision file has it whole where it was written on a database that takes longer ones.
        """
        if len(name) <= self.dialect.max_identifier_length:
            return str(name)
        preparer = self.dialect.identifier_preparer
        return _unquoted(exact(preparer.truncate_and_render_constraint_name(conv(name))))

    def option(self, item: Any, name: str) -> Any:
        """An argument such as ``postgresql_where``, without its prefix; its default elsewhere."""
        if has_options(item):
            return item.dialect_kwargs.get(f"{self.dialect.name}_{name}")
        key = (type(item), name)
        if key not in self._options:
            self._options[key] = item.dialect_kwargs.get(f"{self.dialect.name}_{name}")
        return self._options[key]

    def is_made(self, item: Constraint | Index) -> bool:
        """Whether this database gets it: not all do, by ``ddl_if`` or as part of a type."""
        if isinstance(item, CheckConstraint) and item._type_bound:
            return bool(item._should_create_for_compiler(self.ddl))
        # Not the same question: once create_all has made a key by ALTER, the constraint says
        # that it is no part of its table any more.
        condition = item._ddl_if
        if condition is None:
            return True
        return bool(condition._should_execute(CreateSchema(""), item, None, compiler=self.ddl))


def has_options(item: Any) -> bool:
    """Whether it was given an argument such as ``postgresql_where``, for any database."""
    # SQLAlchemy makes this when the first argument is given, or asked for.
    return "dialect_options" in vars(item) and bool(item.dialect_kwargs)


def default_key(value: Any) -> tuple[Any, ...] | None:
    """Equal for defaults that are alike; None for those that only their SQL tells apart."""
    if isinstance(value, DefaultClause):
        value = value.arg
    cls = type(value)
    if cls is str:
        return (cls, value)
    if cls is TextClause:
        return None if value._bindparams else (cls, value.text)
    if cls in (True_, False_, Null):
        return (cls,)
    is_function = isinstance(value, Function | GenericFunction) and not isinstance(
        value, next_value
    )
    if is_function and cls.__module__.startswith("sqlalchemy.") and not len(value.clauses):
        names = (*getattr(value, "packagenames", ()), value.name)
        return cls, names, tuple(getattr(name, "quote", None) for name in names)
    return None


def _unquoted(name: str) -> str:
    if name.startswith('"') and name.endswith('"') and len(name) > 1:
        return name[1:-1].replace('""', '"')
    return name


def column_of(expression: Any) -> str | None:
    """The name of the table's column that an expression plainly is."""
    if isinstance(expression, Column):
        return exact(expression.name)
    if isinstance(expression, sa.sql.elements.ColumnClause) and not expression.is_literal:
        return exact(expression.name)
    return None
