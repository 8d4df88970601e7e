"""Tables as PostgreSQL itself would spell them: made as temporary ones, read back, undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from flaskmig.dialects.postgresql import catalog, queries, transactions
from flaskmig.dialects.postgresql.catalog import Reader, pinned
from flaskmig.dialects.postgresql.clauses import create_index, create_table, identifier
from flaskmig.dialects.postgresql.enums import label
from flaskmig.dialects.postgresql.packing import Item, Packing
from flaskmig.dialects.postgresql.spelling import spell_identifier
from flaskmig.errors import UnsupportedOperationError
from flaskmig.schema import (
    Check,
    Column,
    Constraint,
    Enum,
    Exclude,
    Index,
    PrimaryKey,
    QualifiedName,
    Settings,
    Table,
)

_TEMPORARY = "pg_temp"

# Every table and index holds a lock until it is undone, and the server has a table of locks of
# a fixed size (docs: max_locks_per_transaction).
_TABLES_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class _Copy:
    """A disputed table, and the temporary table that stands for it."""

    table: Table
    number: int
    name: str
    spelled: Mapping[QualifiedName, str]
    skipped: frozenset[str]

    @property
    def temporary(self) -> Table:
        """What has an expression or a type in it; keys and references are compared by value."""
        constraints = tuple(
            _plain(constraint, self.constraint_name(position))
            for position, constraint in enumerate(self.table.constraints)
            if isinstance(constraint, Check | Exclude)
        )
        options = dict(self.table.settings.options)
        partition = options.get("partition_by")
        kept = (("partition_by", partition),) if partition else ()
        return Table(
            name=QualifiedName(self.name),
            columns=tuple(self._column(column) for column in self.table.columns),
            constraints=constraints,
            settings=Settings(options=kept),
        )

    def constraint_name(self, position: int) -> str:
        return f"flaskmig_{self.number}_c{position}"

    def index_name(self, position: int) -> str:
        return f"flaskmig_{self.number}_i{position}"

    def _column(self, column: Column) -> Column:
        enum = column.type.enum
        type_ = column.type
        if enum is not None and enum in self.spelled:
            array = "[]" if type_.sql.endswith("[]") else ""
            type_ = replace(type_, sql=self.spelled[enum] + array)
        default = None if column.name in self.skipped else column.default
        return replace(column, type=type_, default=default)

    def sql(self) -> list[str]:
        """CREATE TEMPORARY TABLE and its indexes."""
        temporary = self.temporary
        text = create_table(temporary).replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1)
        indexes = (
            replace(index, name=self.index_name(position), options=(), tablespace=None)
            for position, index in enumerate(self.table.indexes)
        )
        return [text, *(create_index(temporary.name, index) for index in indexes)]


def _plain(constraint: Check | Exclude, name: str) -> Check | Exclude:
    if isinstance(constraint, Check):
        return replace(constraint, name=name, not_valid=False)
    return replace(constraint, name=name)


def normalize(
    connection: Connection, tables: Sequence[Table], enums: Sequence[Enum] = ()
) -> list[Table]:
    """The tables with types, defaults and expressions as the database would spell them.

    Raises UnsupportedOperationError ("not comparable …") with the database's reason.
    """
    whole = [table for table in tables if dict(table.settings.options).get("partition_by")]
    found = {
        id(table): each for table, each in zip(whole, _made(connection, whole, enums), strict=True)
    }
    rest = [table for table in tables if id(table) not in found]
    found |= {
        id(table): each for table, each in zip(rest, _packed(connection, rest, enums), strict=True)
    }
    return [found[id(table)] for table in tables]


def _packed(connection: Connection, tables: Sequence[Table], enums: Sequence[Enum]) -> list[Table]:
    packing = Packing(tables)
    try:
        described = _made(connection, packing.tables, enums)
    except UnsupportedOperationError:
        if len(tables) == 1:
            # A part may depend on more of its table than its text says.
            return _made(connection, tables, enums)
        # One of them is refused, and the error is to name it.
        middle = len(tables) // 2
        halves = (tables[:middle], tables[middle:])
        return [each for half in halves for each in _packed(connection, half, enums)]
    parts = packing.unpacked(described)
    return [_with_parts(table, found) for table, found in zip(tables, parts, strict=True)]


def _made(connection: Connection, tables: Sequence[Table], enums: Sequence[Enum]) -> list[Table]:
    found = []
    for start in range(0, len(tables), _TABLES_AT_ONCE):
        found += _normalize(connection, tables[start : start + _TABLES_AT_ONCE], enums)
    return found


def _normalize(
    connection: Connection, tables: Sequence[Table], enums: Sequence[Enum]
) -> list[Table]:
    with transactions.scratch(connection):
        spelled = make_enums(connection, enums)
        copies = _copies(connection, tables, spelled)
        _make_tables(connection, copies)
        with pinned(connection) as reader:
            found = _read(reader, copies)
    return [_merged(copy, found[copy.name]) for copy in copies]


def make_enums(connection: Connection, enums: Sequence[Enum]) -> dict[QualifiedName, str]:
    """Make the enum types that are not there as they are; how each of them is to be written."""
    with pinned(connection) as reader:
        there = set(catalog.read_enums(reader, [enum.name for enum in enums])) if enums else set()
    missing = [enum for enum in enums if enum not in there]
    spelled = {}
    for number, enum in enumerate(missing):
        # By its own name, so that expressions find it: pg_temp comes first for types.
        taken = any(other.name.name == enum.name.name for other in missing[:number])
        bare = f"flaskmig_{number}" if taken else enum.name.name
        spelled[enum.name] = f"{_TEMPORARY}.{identifier(bare)}"
        values = ", ".join(label(value) for value in enum.values)
        attempt(connection, f"CREATE TYPE {spelled[enum.name]} AS ENUM ({values})", str(enum.name))
    return spelled


def _copies(
    connection: Connection, tables: Sequence[Table], spelled: Mapping[QualifiedName, str]
) -> list[_Copy]:
    taken = set[str]()
    absent = _absent_sequences(connection, tables)
    copies = []
    for number, table in enumerate(tables):
        # Its own name, because a check may say "users.age"; another where two have the same.
        name = f"flaskmig_{number}" if table.name.name in taken else table.name.name
        taken.add(name)
        skipped = frozenset(c.name for c in table.columns if c.sequence in absent)
        copies.append(_Copy(table, number, name, spelled, skipped))
    return copies


def _absent_sequences(connection: Connection, tables: Sequence[Table]) -> set[QualifiedName]:
    """The sequences that defaults name and that are not there yet."""
    named = {c.sequence for table in tables for c in table.columns if c.sequence is not None}
    if not named:
        return set()
    with pinned(connection) as reader:
        return named - set(catalog.existing_sequences(reader, list(named)))


def _make_tables(connection: Connection, copies: Sequence[_Copy]) -> None:
    attempt_all(connection, [(sql, str(copy.table.name)) for copy in copies for sql in copy.sql()])


def attempt_all(connection: Connection, texts: Sequence[tuple[str, str]]) -> None:
    """Run all SQL in one round trip; one by one where that fails, to say what it was.

    Each text comes with the name of what it makes. Raises UnsupportedOperationError.
    """
    transactions.execute(connection, "SAVEPOINT flaskmig_batch")
    try:
        transactions.execute(connection, ";\n".join(sql for sql, _ in texts))
    except DBAPIError:
        transactions.execute(connection, "ROLLBACK TO SAVEPOINT flaskmig_batch")
    else:
        return
    for sql, name in texts:
        attempt(connection, sql, name)


def attempt(connection: Connection, sql: str, name: str) -> None:
    """Run SQL that makes something for a look; raises UnsupportedOperationError."""
    try:
        transactions.execute(connection, sql)
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise UnsupportedOperationError(
            f"{name} is not comparable: the database will not make it for a look: {reason}",
            hint="compare with a role that may make temporary tables, on a primary server, "
            "with the extensions of the models installed",
        ) from error


def _read(reader: Reader, copies: Sequence[_Copy]) -> dict[str, Table]:
    names = [copy.name for copy in copies]
    relations = reader.rows(queries.TEMPORARY_RELATIONS, names=names)
    tables = catalog.read_tables(reader, relations)
    return {table.name.name: table for table in tables}


def _merged(copy: _Copy, read: Table) -> Table:
    """What the database says of expressions and types, and everything else as it was."""
    respell = Respelling(copy.spelled)
    keys = _key_columns(copy.table)
    columns = tuple(
        _column(own, seen, respell, skipped=own.name in copy.skipped, is_key=own.name in keys)
        for own, seen in zip(copy.table.columns, read.columns, strict=True)
    )
    by_name = {constraint.name: constraint for constraint in read.constraints}
    constraints = tuple(
        _constraint(own, by_name.get(copy.constraint_name(position)), respell)
        for position, own in enumerate(copy.table.constraints)
    )
    indexes = tuple(
        _index(own, read.index(copy.index_name(position)), respell)
        for position, own in enumerate(copy.table.indexes)
    )
    return replace(
        copy.table,
        columns=columns,
        constraints=constraints,
        indexes=indexes,
        settings=_settings(copy.table, read),
    )


def _with_parts(table: Table, parts: Iterable[Item]) -> Table:
    """The table with its parts as they were described, in the order of `Packing.unpacked`."""
    seen: Iterator[Any] = iter(parts)
    respell = Respelling({})
    keys = _key_columns(table)
    columns = tuple(
        _column(own, next(seen), respell, skipped=False, is_key=own.name in keys)
        for own in table.columns
    )
    constraints = tuple(
        _constraint(own, next(seen), respell) if isinstance(own, Check | Exclude) else own
        for own in table.constraints
    )
    indexes = tuple(_index(own, next(seen), respell) for own in table.indexes)
    return replace(table, columns=columns, constraints=constraints, indexes=indexes)


def _key_columns(table: Table) -> set[str]:
    return {c for k in table.constraints if isinstance(k, PrimaryKey) for c in k.columns}


class Respelling:
    """Text of the database with the enums that it saw in pg_temp under their real names."""

    def __init__(self, spelled: Mapping[QualifiedName, str]) -> None:
        self._pairs = []
        for name, temporary in spelled.items():
            bare = temporary.removeprefix(f"{_TEMPORARY}.")
            shown = spell_identifier(bare[1:-1].replace('""', '"'))
            real = catalog.spell_name(name)
            if shown != real:
                self._pairs.append((f"::{shown}", f"::{real}"))

    def __call__(self, text: str | None) -> str | None:
        for shown, real in self._pairs:
            text = text.replace(shown, real) if text is not None else None
        return text


def _column(
    own: Column, seen: Column, respell: Respelling, *, skipped: bool, is_key: bool
) -> Column:
    generated = own.generated
    if seen.generated is not None:
        expression = respell(seen.generated.expression) or ""
        generated = replace(seen.generated, expression=expression)
    sql = own.type.sql if own.type.enum else seen.type.sql
    return replace(
        own,
        type=replace(own.type, sql=sql),
        nullable=seen.nullable and not is_key,
        default=own.default if skipped else respell(seen.default),
        generated=generated,
        identity=seen.identity,
        collation=seen.collation,
        sequence=own.sequence if skipped else seen.sequence,
    )


def _constraint(own: Constraint, seen: Constraint | None, respell: Respelling) -> Constraint:
    match own, seen:
        case Check(), Check():
            return replace(own, expression=respell(seen.expression) or "")
        case Exclude(), Exclude():
            elements = tuple(
                replace(element, expression=respell(element.expression))
                for element in seen.elements
            )
            return replace(own, elements=elements, where=respell(seen.where), method=seen.method)
        case _:
            return own


def _index(own: Index, seen: Index, respell: Respelling) -> Index:
    parts = tuple(replace(part, expression=respell(part.expression)) for part in seen.parts)
    return replace(own, parts=parts, where=respell(seen.where), method=seen.method)


def _settings(table: Table, read: Table) -> Settings:
    options = dict(table.settings.options)
    seen = dict(read.settings.options).get("partition_by")
    if seen is not None:
        options["partition_by"] = seen
    return replace(table.settings, options=tuple(sorted(options.items())))
