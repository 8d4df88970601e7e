"""Reading a schema from PostgreSQL's catalogue, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from sqlalchemy import text
from sqlalchemy.engine import Connection, RowMapping

from flaskmig.dialects.postgresql import queries, transactions
from flaskmig.dialects.postgresql.spelling import spell_identifier
from flaskmig.schema import (
    Check,
    Column,
    Constraint,
    Enum,
    Exclude,
    ExcludeElement,
    ForeignKey,
    Generated,
    Identity,
    Index,
    IndexPart,
    OptionValue,
    PrimaryKey,
    QualifiedName,
    Settings,
    Table,
    Type,
    Unique,
)
from flaskmig.schema import Sequence as SequenceObject
from flaskmig.sql import quote

Row: TypeAlias = RowMapping

ACTIONS = {"a": None, "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
MATCHES = {"s": None, "f": "FULL", "p": "PARTIAL"}
BITS = {"smallint": 16, "integer": 32, "bigint": 64}


@dataclass(frozen=True, slots=True)
class Reader:
    """What one reading needs: the connection, the default schema's name, the server's version."""

    connection: Connection
    default_schema: str | None
    version: int
    schemas: tuple[str, ...]
    path: str
    is_local: bool

    def name(self, name: str, schema: str) -> QualifiedName:
        return QualifiedName(name, None if schema == self.default_schema else schema)

    def schema_of(self, name: QualifiedName) -> str:
        return name.schema or self.default_schema or ""

    def rows(self, query: str, **binds: object) -> list[Row]:
        return list(self.connection.execute(text(query), binds).mappings().all())

    def fetch(self, query: str, **binds: object) -> Sequence[Any]:
        """The rows of a query as tuples, which are cheaper where they are many."""
        return self.connection.execute(text(query), binds).all()

    @contextmanager
    def as_written(self) -> Iterator[None]:
        """Have names of extensions come qualified too.

        Text that is run again must not depend on how an extension's schema got into the path.
        """
        _set_path(self.connection, quote(self.default_schema or ""), self.is_local)
        yield
        _set_path(self.connection, self.path, self.is_local)


@contextmanager
def pinned(connection: Connection, schemas: Collection[str] = ()) -> Iterator[Reader]:
    """A reader, with search_path such that names outside the default schema come qualified.

    A transaction that this begins is rolled back; one that was open stays as it was.
    """
    was_open, had_begun = transactions.is_open(connection), connection.in_transaction()
    row = connection.execute(text(queries.PATH), {"schemas": list(schemas)}).mappings().one()
    # In autocommit a setting for the transaction would end with the statement that makes it.
    local = was_open or not transactions.is_autocommit(connection)
    path = row["pinned"] or ""
    _set_path(connection, path, local)
    _set_strings(connection, row["strings"], "on", local)
    try:
        yield Reader(
            connection,
            row["default_schema"],
            row["version"],
            tuple(row["schemas"]),
            path,
            local,
        )
    finally:
        if transactions.is_alive(connection):
            failed = transactions.status(connection) == transactions.IN_FAILED_TRANSACTION
            if not failed and (was_open or not local):
                _set_path(connection, row["path"], local)
                _set_strings(connection, "on", row["strings"], local)
            if not (was_open or had_begun):
                connection.rollback()


def _set_path(connection: Connection, path: str, local: bool) -> None:
    connection.execute(text(queries.SET_PATH), {"path": path, "local": local})


def _set_strings(connection: Connection, before: str, value: str, local: bool) -> None:
    """Have literals spelled as SQL has them, without a meaning for the backslash."""
    if before != value:
        connection.execute(text(queries.SET_STRINGS), {"value": value, "local": local})


def read_enums(reader: Reader, names: Collection[QualifiedName]) -> list[Enum]:
    """The enum types of these names that are there."""
    rows = reader.rows(queries.ENUMS_BY_NAME, **named(reader, names))
    return [read_enum(reader, row) for row in rows]


def existing_sequences(reader: Reader, names: Collection[QualifiedName]) -> list[QualifiedName]:
    """Those of these sequences that are there."""
    rows = reader.rows(queries.SEQUENCES_BY_NAME, **named(reader, names))
    return [reader.name(row["name"], row["schema"]) for row in rows]


def default_schema(connection: Connection) -> str | None:
    """The schema that a bare name means when it is made; leaves no transaction open."""
    was_open = transactions.is_open(connection) or connection.in_transaction()
    name: str | None = connection.execute(text(queries.DEFAULT_SCHEMA)).scalar_one()
    if not was_open:
        connection.rollback()
    return name


def named(reader: Reader, names: Collection[QualifiedName]) -> dict[str, list[str]]:
    """What the queries that look things up by name want to know of these."""
    return {
        "schemas": [reader.schema_of(name) for name in names],
        "names": [name.name for name in names],
    }


def read_tables(reader: Reader, relations: Sequence[Row]) -> list[Table]:
    """The tables of these rows of pg_class, in their order."""
    oids = [row["oid"] for row in relations]
    if not oids:
        return []
    columns = _by_relation(reader.rows(queries.COLUMNS, relations=oids))
    indexes = _by_relation(reader.rows(queries.indexes(reader.version), relations=oids))
    constraints = _by_relation(reader.rows(queries.constraints(reader.version), relations=oids))
    return [
        Table(
            name=reader.name(row["name"], row["schema"]),
            columns=tuple(_column(reader, column) for column in columns[row["oid"]]),
            constraints=tuple(
                _constraint(reader, constraint, indexes[row["oid"]])
                for constraint in constraints[row["oid"]]
            ),
            indexes=tuple(_indexes(indexes[row["oid"]])),
            settings=_settings(row),
        )
        for row in relations
    ]


def read_indexes(reader: Reader, relations: Sequence[int]) -> dict[int, tuple[Index, ...]]:
    """The indexes that stand alone, by the oid of what they are on."""
    if not relations:
        return {}
    rows = _by_relation(reader.rows(queries.indexes(reader.version), relations=relations))
    return {relation: tuple(_indexes(found)) for relation, found in rows.items()}


def _by_relation(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    grouped = defaultdict[int, list[Row]](list)
    for row in rows:
        grouped[row["relation"]].append(row)
    return grouped


def _settings(row: Row) -> Settings:
    options: dict[str, OptionValue] = {}
    if row["unlogged"]:
        options["unlogged"] = True
    for name in ("partition_by", "tablespace"):
        if row[name] is not None:
            options[name] = row[name]
    for name, value in option_pairs(row["storage"]):
        options[f"with.{name}"] = value
    return Settings(comment=row["comment"], options=tuple(sorted(options.items())))


def option_pairs(storage: Sequence[str] | None) -> list[tuple[str, str]]:
    """("name=value", …) of reloptions as pairs in the order of their names."""
    if not storage:
        return []
    split = (option.partition("=") for option in storage)
    return sorted((name, value) for name, _, value in split)


def _column(reader: Reader, row: Row) -> Column:
    default, generated = row["expression"], None
    if row["generated"]:
        generated = Generated(expression=default, stored=row["generated"] == "s")
        default = None
    serial = row["owned"] == "a" and row["uses_own"] and row["type"] in BITS
    sequence = None
    if row["sequence_name"] and not serial:
        sequence = reader.name(row["sequence_name"], row["sequence_schema"])
    return Column(
        name=row["name"],
        type=type_of(reader, row["type"], row["enum_schema"], row["enum_name"], row["is_array"]),
        nullable=not row["not_null"],
        default=None if serial else default,
        generated=generated,
        identity=_identity(row) if row["identity"] else None,
        autoincrement=serial,
        collation=row["collation"],
        comment=row["comment"],
        sequence=sequence,
    )


def type_of(
    reader: Reader, sql: str, enum_schema: str | None, enum_name: str | None, is_array: bool
) -> Type:
    """The type that format_type spells so, with the enum that it or its element is."""
    if enum_name is None or enum_schema is None:
        return Type(sql=sql)
    enum = reader.name(enum_name, enum_schema)
    return Type(sql=spell_name(enum) + ("[]" if is_array else ""), enum=enum)


def spell_name(name: QualifiedName) -> str:
    """The name as the server shows it: quoted only where it must be."""
    bare = spell_identifier(name.name)
    return f"{spell_identifier(name.schema)}.{bare}" if name.schema else bare


def _identity(row: Row) -> Identity:
    return Identity(always=row["identity"] == "a", **_sequence_options(row, row["type"]))


def read_sequence(reader: Reader, row: Row) -> SequenceObject:
    return SequenceObject(
        name=reader.name(row["name"], row["schema"]),
        type=None if row["type"] == "bigint" else row["type"],
        **_sequence_options(row, row["type"]),
    )


def _sequence_options(row: Row, type_: str) -> dict[str, Any]:
    """The options, None where they are what PostgreSQL takes by itself.

    An ascending sequence runs from 1 to its type's largest value and starts at its minimum; a
    descending one from the type's smallest value to -1 and starts at its maximum (docs of
    CREATE SEQUENCE).
    """
    limit = 2 ** (BITS[type_] - 1)
    ascending = row["increment"] > 0
    minimum = 1 if ascending else -limit
    maximum = limit - 1 if ascending else -1
    first = row["minimum"] if ascending else row["maximum"]
    return {
        "start": _unless(row["start"], first),
        "increment": _unless(row["increment"], 1),
        "minimum": _unless(row["minimum"], minimum),
        "maximum": _unless(row["maximum"], maximum),
        "cache": _unless(row["cache"], 1),
        "cycle": row["cycle"],
    }


def _unless(value: int, default: int) -> int | None:
    return None if value == default else value


def read_enum(reader: Reader, row: Row) -> Enum:
    return Enum(name=reader.name(row["name"], row["schema"]), values=tuple(row["values"]))


def _constraint(reader: Reader, row: Row, indexes: Sequence[Row]) -> Constraint:
    name = cast(str, row["name"])
    columns = tuple(row["columns"])
    when = {"deferrable": row["deferrable"], "initially_deferred": row["deferred"]}
    match row["kind"]:
        case "p":
            included = tuple(row["included"])
            return PrimaryKey(name=name, columns=columns, include=included, **when)
        case "u":
            return Unique(
                name=name,
                columns=columns,
                include=tuple(row["included"]),
                nulls_not_distinct=row["nulls_not_distinct"],
                **when,
            )
        case "c":
            return Check(
                name=name,
                expression=row["expression"],
                not_valid=row["not_valid"],
                no_inherit=row["no_inherit"],
            )
        case "f":
            return _foreign_key(reader, row, columns)
        case _:
            parts = [part for part in indexes if part["constraint"] == row["oid"]]
            return Exclude(
                name=name,
                elements=tuple(_exclude_element(part) for part in parts),
                method=parts[0]["method"],
                where=parts[0]["where"],
                **when,
            )


def _foreign_key(reader: Reader, row: Row, columns: tuple[str, ...]) -> ForeignKey:
    on_delete = ACTIONS[row["on_delete"]]
    if on_delete and row["set_columns"]:
        names = ", ".join(spell_identifier(column) for column in row["set_columns"])
        on_delete = f"{on_delete} ({names})"
    return ForeignKey(
        name=row["name"],
        columns=columns,
        target=reader.name(row["target_name"], row["target_schema"]),
        target_columns=tuple(row["target_columns"]),
        on_update=ACTIONS[row["on_update"]],
        on_delete=on_delete,
        match=cast(Any, MATCHES[row["match"]]),
        deferrable=row["deferrable"],
        initially_deferred=row["deferred"],
        not_valid=row["not_valid"],
    )


def _exclude_element(row: Row) -> ExcludeElement:
    return ExcludeElement(
        operator=row["operator"],
        column=row["column"],
        expression=_expression(row),
        opclass=_opclass(row),
    )


def _indexes(rows: Sequence[Row]) -> Iterator[Index]:
    parts = defaultdict[int, list[Row]](list)
    for row in rows:
        if row["constraint"] is None:
            parts[row["index"]].append(row)
    for group in parts.values():
        first = group[0]
        yield Index(
            name=first["name"],
            parts=tuple(_index_part(row) for row in group if not row["included"]),
            unique=first["unique"],
            method=None if first["method"] == "btree" else first["method"],
            where=first["where"],
            include=tuple(row["column"] for row in group if row["included"]),
            nulls_not_distinct=first["nulls_not_distinct"],
            options=tuple(option_pairs(first["storage"])),
            tablespace=first["tablespace"],
        )


def _index_part(row: Row) -> IndexPart:
    descending = bool(row["option"] & 1)
    nulls_first = bool(row["option"] & 2)
    nulls = None
    if nulls_first != descending:
        nulls = "first" if nulls_first else "last"
    return IndexPart(
        column=row["column"],
        expression=_expression(row),
        descending=descending,
        nulls=cast(Any, nulls),
        collation=row["collation"],
        opclass=_opclass(row),
    )


def _expression(row: Row) -> str | None:
    """The expression; the server puts parentheses around all but a function call."""
    expression: str | None = row["expression"]
    if expression is not None and expression.startswith("("):
        return expression[1:-1]
    return expression


def _opclass(row: Row) -> str | None:
    """The operator class where it is not the type's own, with the parameters it was given."""
    opclass: str | None = row["opclass"]
    if opclass and row["opclass_options"]:
        pairs = option_pairs(row["opclass_options"])
        given = ", ".join(f"{name}={value}" for name, value in pairs)
        return f"{opclass}({given})"
    return opclass
