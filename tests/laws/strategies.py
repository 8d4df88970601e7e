"""Random schemas and pairs of schemas, as one database or the other would spell them.

``schemas("sqlite")`` and ``schemas("postgresql")`` are whole schemas; ``pairs(dialect)`` are a
schema and either an edit of it or another schema altogether. Everything in them is valid in a
real database of that kind, so that the live laws can create them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

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
    PrimaryKey,
    QualifiedName,
    Schema,
    Sequence,
    Settings,
    Table,
    Type,
    Unique,
    View,
    constraint_columns,
)

T = TypeVar("T")
N = TypeVar("N", Enum, Sequence, View)
DialectName: TypeAlias = Literal["sqlite", "postgresql"]

TABLES = ("users", "posts", "tags", "audit_log", "Order", "line items", "group")
COLUMNS = ("name", "email", "owner_id", "amount", "state", "note", "Title", "select", "größe")
ENUMS = ("mood", "colour", "Kind")
VALUES = ("sad", "ok", "happy", "it's", "x y")
SEQUENCES = ("ticket_seq", "Counter")
NAMESPACES = ("app", "Stats")
VIEWS = ("summary", "Top names", "of_views")


@dataclass(frozen=True)
class Flavour:
    """What one database calls its types, with defaults that suit each and a way to compare."""

    integer: str
    text: str
    types: dict[str, tuple[str, ...]]


SQLITE = Flavour(
    integer="INTEGER",
    text="VARCHAR(40)",
    types={
        "INTEGER": ("0", "42", "-1"),
        "BIGINT": ("7",),
        "VARCHAR(40)": ("'x'", "'it''s'", "''"),
        "VARCHAR(80)": ("'x'",),
        "TEXT": ("'none'",),
        "NUMERIC(10, 2)": ("0", "1.5"),
        "BOOLEAN": ("0", "1"),
        "DATE": ("CURRENT_DATE",),
        "DATETIME": ("CURRENT_TIMESTAMP",),
        "JSON": ("'{}'",),
        "BLOB": (),
    },
)
POSTGRESQL = Flavour(
    integer="integer",
    text="character varying(40)",
    types={
        "integer": ("0", "42", "'-1'::integer"),
        "bigint": ("7",),
        "character varying(40)": ("'x'::character varying", "''::character varying"),
        "character varying(80)": ("'x'::character varying",),
        "text": ("'none'::text", "'it''s'::text"),
        "numeric(10,2)": ("0", "1.5"),
        "boolean": ("false", "true"),
        "date": ("CURRENT_DATE",),
        "timestamp with time zone": ("now()",),
        "jsonb": ("'{}'::jsonb",),
        "uuid": (),
        "bytea": (),
        "integer[]": ("'{}'::integer[]",),
    },
)
FLAVOURS: dict[DialectName, Flavour] = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
# Types whose values go from one to the other and back without a change.
NUMBERS = frozenset({"INTEGER", "BIGINT", "NUMERIC(10, 2)", "integer", "bigint", "numeric(10,2)"})
TEXTS = frozenset(
    {"VARCHAR(40)", "VARCHAR(80)", "TEXT"}
    | {"character varying(40)", "character varying(80)", "text"}
)
# Types that neither database puts an equality index on, or that compare badly as keys.
UNINDEXED = frozenset({"JSON", "jsonb", "BLOB", "bytea"})


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def spelled(name: str) -> str:
    """The identifier as PostgreSQL prints it, quoted only where it must be."""
    plain = name.isascii() and name.replace("_", "a").isalnum() and name == name.lower()
    return name if plain and name not in {"group", "select"} else quoted(name)


def spelled_name(name: QualifiedName) -> str:
    return f"{spelled(name.schema)}.{spelled(name.name)}" if name.schema else spelled(name.name)


def literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


# A strategy that is made anew for each draw is looked through each time, which costs more than the
# draw. `typed`, because 1 and True are two values.
_BELOW = {count: st.integers(0, count - 1) for count in (3, 4, 5)}
_TWO_OR_THREE = st.integers(2, 3)
_EITHER = st.booleans()


@lru_cache(maxsize=4096, typed=True)
def _one_of(*values: T) -> SearchStrategy[T]:
    return st.sampled_from(values)


@lru_cache(maxsize=4096, typed=True)
def _several_of(
    values: tuple[T, ...], *, at_least: int = 0, at_most: int | None = None
) -> SearchStrategy[list[T]]:
    return st.lists(_one_of(*values), unique=True, min_size=at_least, max_size=at_most)


@lru_cache(maxsize=4096)
def _some_keys(names: tuple[str, ...]) -> SearchStrategy[list[list[str]]]:
    """Up to two lists of up to two of the names, each list of other names."""
    one = _several_of(names, at_least=1, at_most=2)
    return st.lists(one, max_size=2, unique_by=lambda key: tuple(sorted(key)))


def schemas(dialect: DialectName) -> SearchStrategy[Schema]:
    """Whole schemas, valid in a database of that kind."""
    return _schemas(dialect)


@st.composite
def _schemas(draw: DrawFn, dialect: DialectName) -> Schema:
    rich = dialect == "postgresql"
    namespaces = tuple(draw(_some(NAMESPACES))) if rich else ()
    enums = tuple(draw(_enums(namespaces))) if rich else ()
    sequences = tuple(draw(_sequences(namespaces))) if rich else ()
    names = [QualifiedName(name) for name in draw(_some(TABLES, at_most=5))]
    if namespaces:
        names = [replace(name, schema=draw(_home(namespaces))) for name in names]
    tables = [draw(_tables(dialect, name, enums, sequences)) for name in names]
    schema = Schema(
        tables=tuple(tables),
        enums=enums,
        sequences=sequences,
        schemas=tuple(namespaces),
        views=tuple(draw(_views(dialect, tables))),
    )
    return draw(_with_foreign_keys(_mended(schema)))


def pairs(dialect: DialectName, *, castable: bool = False) -> SearchStrategy[tuple[Schema, Schema]]:
    """A schema and one it might become: an edit of it, or another one altogether.

    With ``castable`` no column changes its type to one that its values cannot be cast to, there
    or back, so that a database with rows in it can follow.
    """
    found = st.one_of(_edited(dialect), st.tuples(schemas(dialect), schemas(dialect)))
    if castable and dialect == "postgresql":
        return found.map(_with_castable_types)
    return found


_CASTABLE = (
    frozenset({"integer", "bigint", "numeric(10,2)"}),
    frozenset({"character varying(40)", "character varying(80)", "text"}),
)


def _with_castable_types(pair: tuple[Schema, Schema]) -> tuple[Schema, Schema]:
    """Leave out of the second schema the columns that would change their type for good."""
    before, after = pair
    tables = []
    for table in after.tables:
        old = before.find_table(table.name)
        there = {column.name: column.type for column in old.columns} if old else {}
        columns = tuple(c for c in table.columns if _casts(there.get(c.name, c.type), c.type))
        tables.append(replace(table, columns=columns))
    return before, _mended(after.with_tables(tables))


def _casts(before: Type, after: Type) -> bool:
    return before == after or any({before.sql, after.sql} <= group for group in _CASTABLE)


@st.composite
def _edited(draw: DrawFn, dialect: DialectName) -> tuple[Schema, Schema]:
    before = draw(schemas(dialect))
    donor = draw(schemas(dialect))
    after = draw(_mixed(before, donor))
    return (before, after) if draw(_EITHER) else (after, before)


@st.composite
def _mixed(draw: DrawFn, before: Schema, donor: Schema) -> Schema:
    """``before`` with some tables, columns, indexes and constraints from ``donor``."""
    enums = draw(_merged(before.enums, donor.enums))
    sequences = draw(_merged(before.sequences, donor.sequences))
    kept: list[Table] = []
    for table in before.tables:
        other = donor.find_table(table.name)
        choice = draw(_one_of("keep", "keep", "edit", "edit", "drop", "swap"))
        if choice == "keep":
            kept.append(table)
        elif choice == "swap" and other is not None:
            kept.append(other)
        elif choice in {"edit", "swap"}:
            kept.append(draw(_table_edits(table, other)))
    if draw(_EITHER):
        kept += (table for table in donor.tables if before.find_table(table.name) is None)
    mixed = Schema(
        tables=tuple(kept),
        enums=enums,
        sequences=sequences,
        schemas=tuple({*before.schemas, *donor.schemas}),
        views=draw(_merged(before.views, donor.views)),
    )
    return draw(_with_foreign_keys(_mended(mixed)))


@st.composite
def _table_edits(draw: DrawFn, table: Table, other: Table | None) -> Table:
    """The table with columns taken away, changed and borrowed, and other keys and indexes."""
    columns: list[Column] = []
    borrowed = {column.name: column for column in other.columns} if other else {}
    for column in table.columns:
        donor = borrowed.pop(column.name, None)
        is_key = table.primary_key is not None and column.name in table.primary_key.columns
        choice = draw(_one_of("keep", "keep", "flip", "default", "drop", "swap"))
        if choice == "swap" and donor is not None:
            columns.append(donor)
        elif choice == "flip" and not is_key and column.generated is None:
            columns.append(replace(column, nullable=not column.nullable))
        elif choice == "default":
            is_plain = column.generated is None and column.sequence is None
            columns.append(replace(column, default=None) if is_plain else column)
        elif choice != "drop" or is_key:
            columns.append(column)
    columns += (column for column in borrowed.values() if draw(_EITHER))
    constraints = [c for c in table.constraints if draw(_BELOW[4])]
    indexes = [index for index in table.indexes if draw(_BELOW[4])]
    if other is not None and draw(_EITHER):
        constraints += (c for c in other.constraints if c not in constraints)
        indexes += (index for index in other.indexes if index not in indexes)
    settings = draw(st.sampled_from([table.settings, other.settings if other else Settings()]))
    return replace(
        table,
        columns=tuple(draw(st.permutations(columns))),
        constraints=tuple(constraints),
        indexes=tuple(indexes),
        settings=settings,
    )


def _some(values: tuple[str, ...], at_most: int | None = None) -> SearchStrategy[list[str]]:
    return _several_of(values, at_most=at_most or len(values))


def _home(namespaces: tuple[str, ...]) -> SearchStrategy[str | None]:
    return _one_of(None, None, *namespaces)


@st.composite
def _enums(draw: DrawFn, namespaces: tuple[str, ...]) -> list[Enum]:
    values = _several_of(VALUES, at_least=1)
    return [
        Enum(name=QualifiedName(name, draw(_home(namespaces))), values=tuple(draw(values)))
        for name in draw(_some(ENUMS))
    ]


@st.composite
def _sequences(draw: DrawFn, namespaces: tuple[str, ...]) -> list[Sequence]:
    return [
        Sequence(
            name=QualifiedName(name, draw(_home(namespaces))),
            start=draw(_one_of(None, 10)),
            increment=draw(_one_of(None, 5)),
            cycle=draw(_EITHER),
        )
        for name in draw(_some(SEQUENCES))
    ]


@st.composite
def _views(draw: DrawFn, dialect: DialectName, tables: list[Table]) -> list[View]:
    """Views of one table each, and one of a view."""
    found: list[View] = []
    for name in draw(_some(VIEWS)) if tables else []:
        if name == "of_views" and found:
            source, columns = found[0].name, ["id"]
        else:
            table = draw(st.sampled_from(tables))
            others = [column.name for column in table.columns if column.name != "id"]
            source = table.name
            columns = ["id", *draw(_some(tuple(others), 2) if others else st.just([]))]
        schema = f"{spelled(source.schema)}." if source.schema else ""
        listed = ", ".join(map(spelled, columns))
        where = draw(_one_of("", "", f" WHERE {spelled('id')} > 3"))
        found.append(
            View(
                name=QualifiedName(name),
                definition=f"SELECT {listed} FROM {schema}{spelled(source.name)}{where}",
                materialized=dialect == "postgresql" and draw(_BELOW[4]) == 0,
                uses=tuple((source, column) for column in columns),
            )
        )
    return found


@st.composite
def _merged(draw: DrawFn, before: tuple[N, ...], donor: tuple[N, ...]) -> tuple[N, ...]:
    """Some of both sides, one of each name."""
    merged = {named.name: named for named in before if draw(_BELOW[5])}
    for named in donor:
        if draw(_EITHER):
            merged[named.name] = named
    return tuple(merged.values())


@st.composite
def _tables(
    draw: DrawFn,
    dialect: DialectName,
    name: QualifiedName,
    enums: tuple[Enum, ...],
    sequences: tuple[Sequence, ...],
) -> Table:
    columns = [draw(_columns(dialect, n, enums, sequences)) for n in draw(_some(COLUMNS, 6))]
    integer = FLAVOURS[dialect].integer
    key = PrimaryKey(columns=("id",), name=draw(_key_name(f"{name.name}_pkey", dialect)))
    columns.insert(0, draw(_key_columns(dialect)))
    if draw(_BELOW[4]) == 0:
        columns.insert(1, Column(name="part", type=Type(sql=integer), nullable=False))
        columns[0] = Column(name="id", type=Type(sql=integer), nullable=False)
        key = replace(key, columns=("id", "part"))
    columns += draw(_generated_columns(dialect, columns))
    constraints: list[Constraint] = [key, *draw(_unique_keys(dialect, name, columns))]
    constraints += draw(_checks(dialect, name, columns))
    if dialect == "postgresql":
        constraints += draw(_exclusions(name, columns))
    return Table(
        name=name,
        columns=tuple(columns),
        constraints=tuple(constraints),
        indexes=tuple(draw(_indexes(dialect, name, columns))),
        settings=draw(_settings(dialect)),
    )


def _settings(dialect: DialectName) -> SearchStrategy[Settings]:
    if dialect == "postgresql":
        return _OF_POSTGRESQL
    return _one_of(Settings(), Settings(), *(Settings(options=each) for each in _OF_SQLITE))


_OF_SQLITE: tuple[tuple[tuple[str, bool], ...], ...] = (
    (),
    (),
    (("strict", True),),
    (("without_rowid", True),),
    (("strict", True), ("without_rowid", True)),
)
_OF_POSTGRESQL = st.builds(
    Settings,
    comment=st.sampled_from([None, None, "it's a table"]),
    options=st.sampled_from([(), (), (("with.fillfactor", "70"),)]),
)
_STRICT_TYPES = frozenset({"INTEGER", "TEXT", "BLOB"})


@st.composite
def _key_columns(draw: DrawFn, dialect: DialectName) -> Column:
    plain = Column(name="id", type=Type(sql=FLAVOURS[dialect].integer), nullable=False)
    if dialect == "sqlite":
        return replace(plain, autoincrement=draw(_BELOW[4]) == 0)
    kinds: SearchStrategy[Column] = _one_of(
        plain,
        replace(plain, autoincrement=True),
        replace(plain, identity=Identity()),
        replace(plain, identity=Identity(always=True, start=100, increment=10)),
    )
    return draw(kinds)


@st.composite
def _columns(
    draw: DrawFn,
    dialect: DialectName,
    name: str,
    enums: tuple[Enum, ...],
    sequences: tuple[Sequence, ...],
) -> Column:
    flavour = FLAVOURS[dialect]
    comment = draw(_one_of(None, None, "50% of: it's"))
    nullable = draw(_EITHER)
    default: str | None
    if enums and draw(_BELOW[3]) == 0:
        enum = draw(st.sampled_from(enums))
        type_ = Type(sql=spelled_name(enum.name), enum=enum.name)
        if draw(_BELOW[5]) == 0:
            many = replace(type_, sql=f"{type_.sql}[]")
            return Column(name=name, type=many, nullable=nullable, comment=comment)
        value = f"{literal(draw(_one_of(*enum.values)))}::{type_.sql}"
        default = draw(_one_of(None, value))
        return Column(name=name, type=type_, nullable=nullable, default=default, comment=comment)
    if sequences and draw(_BELOW[5]) == 0:
        sequence = draw(st.sampled_from(sequences)).name
        default = f"nextval({literal(spelled_name(sequence))}::regclass)"
        type_ = Type(sql="bigint")
        return Column(name=name, type=type_, nullable=nullable, default=default, sequence=sequence)
    sql = draw(_one_of(*sorted(flavour.types)))
    default = draw(_one_of(None, *flavour.types[sql]))
    return Column(
        name=name,
        type=Type(sql=sql),
        nullable=nullable,
        default=default,
        collation=draw(_one_of(None, None, "NOCASE" if dialect == "sqlite" else "C"))
        if sql == flavour.text
        else None,
        comment=comment if dialect == "postgresql" else None,
    )


@st.composite
def _generated_columns(draw: DrawFn, dialect: DialectName, columns: list[Column]) -> list[Column]:
    integer = FLAVOURS[dialect].integer
    plain = [c for c in columns if c.type.sql == integer and c.generated is None]
    if not plain or draw(_BELOW[4]):
        return []
    source = draw(st.sampled_from(plain))
    factor = draw(_TWO_OR_THREE)
    name = spelled(source.name) if dialect == "postgresql" else quoted(source.name)
    expression = f"({name} * {factor})" if dialect == "postgresql" else f"{name} * {factor}"
    stored = dialect == "postgresql" or draw(_EITHER)
    generated = Generated(expression=expression, stored=stored)
    return [Column(name="computed", type=Type(sql=integer), generated=generated)]


def _key_name(name: str, dialect: DialectName) -> SearchStrategy[str | None]:
    """SQLite keeps constraints without a name; PostgreSQL always gives them one."""
    return st.just(name) if dialect == "postgresql" else _one_of(None, name)


def _indexable(columns: list[Column]) -> list[Column]:
    return [column for column in columns if column.type.sql not in UNINDEXED]


@st.composite
def _unique_keys(
    draw: DrawFn, dialect: DialectName, table: QualifiedName, columns: list[Column]
) -> list[Constraint]:
    names = [column.name for column in _indexable(columns)]
    keys = draw(_some_keys(tuple(names)))
    found: list[Constraint] = []
    for key in keys:
        suffix = draw(_one_of("key", "uq"))
        name = draw(_key_name(f"{table.name}_{'_'.join(key)}_{suffix}", dialect))
        deferrable = dialect == "postgresql" and draw(_BELOW[5]) == 0
        found.append(Unique(columns=tuple(key), name=name, deferrable=deferrable))
    return found


@st.composite
def _checks(
    draw: DrawFn, dialect: DialectName, table: QualifiedName, columns: list[Column]
) -> list[Constraint]:
    """At most one check of an integer column, and one of a column with text."""
    flavour = FLAVOURS[dialect]
    spell = spelled if dialect == "postgresql" else quoted
    found: list[Constraint] = []
    for suffix, sql in (("check", flavour.integer), ("filled", flavour.text)):
        fitting = [c for c in columns if c.type.sql == sql and c.generated is None]
        if not fitting or draw(_EITHER):
            continue
        name = spell(draw(st.sampled_from(fitting)).name)
        if sql == flavour.integer:
            text = f"{name} < {draw(_one_of(1000, 2000))}"
        else:
            text = f"length({name}) {draw(_one_of('>= 0', '> -1'))}"
        text = f"({text})" if dialect == "postgresql" else text
        called = draw(_key_name(f"{table.name}_{suffix}", dialect))
        found.append(Check(expression=text, name=called))
    return found


@st.composite
def _exclusions(draw: DrawFn, table: QualifiedName, columns: list[Column]) -> list[Constraint]:
    """Seldom one, that keeps equal values out as a unique key does."""
    usable = [column.name for column in _indexable(columns) if not column.type.sql.endswith("[]")]
    if draw(_BELOW[5]):
        return []
    element = ExcludeElement(operator="=", column=draw(_one_of(*usable)))
    where = draw(_one_of(None, "(id > 0)"))
    name = f"{table.name}_excl"
    return [Exclude(elements=(element,), name=name, method="btree", where=where)]


@st.composite
def _indexes(
    draw: DrawFn, dialect: DialectName, table: QualifiedName, columns: list[Column]
) -> list[Index]:
    usable = [column for column in _indexable(columns) if column.generated is None]
    numbers = [c.name for c in usable if c.type.sql == FLAVOURS[dialect].integer]
    spell: Callable[[str], str] = spelled if dialect == "postgresql" else quoted
    found: list[Index] = []
    for number in range(draw(_BELOW[3])):
        chosen = draw(_several_of(tuple(usable), at_least=1, at_most=2))
        parts = tuple(draw(_index_part(dialect, column)) for column in chosen)
        where = None
        if numbers and draw(_BELOW[3]) == 0:
            where = f"{spell(draw(_one_of(*numbers)))} > 10"
            where = f"({where})" if dialect == "postgresql" else where
        found.append(
            Index(
                name=f"ix_{table.schema or ''}_{table.name}_{number}",
                parts=parts,
                unique=draw(_BELOW[4]) == 0,
                where=where,
            )
        )
    return found


@st.composite
def _index_part(draw: DrawFn, dialect: DialectName, column: Column) -> IndexPart:
    """The column, or an expression of it where its type is known to have one."""
    flavour = FLAVOURS[dialect]
    descending = draw(_EITHER)
    if column.type.sql in (flavour.integer, flavour.text) and draw(_BELOW[4]) == 0:
        name = spelled(column.name) if dialect == "postgresql" else quoted(column.name)
        of_text = f"lower(({name})::text)" if dialect == "postgresql" else f"lower({name})"
        of_number = f"({name} + 1)" if dialect == "postgresql" else f"{name} + 1"
        expression = of_number if column.type.sql == flavour.integer else of_text
        return IndexPart(expression=expression, descending=descending)
    return IndexPart(column=column.name, descending=descending)


def _keys(table: Table) -> list[tuple[str, ...]]:
    """The column lists that a foreign key may point at."""
    found = [
        constraint.columns
        for constraint in table.constraints
        if isinstance(constraint, PrimaryKey | Unique) and not constraint.deferrable
    ]
    return [key for key in found if all(table.has_column(name) for name in key)]


@st.composite
def _with_foreign_keys(draw: DrawFn, schema: Schema) -> Schema:
    """The schema with foreign keys between its tables: to itself, composite and in rings."""
    result = schema
    for table in schema.tables:
        for number in range(draw(_BELOW[3])):
            target = draw(st.sampled_from(schema.tables))
            keys = _keys(target)
            if keys:
                found = _foreign_key(table, target, draw(_one_of(*keys)), number)
                result = draw(_with_options(result, table.name, found)) if found else result
    return result


def _foreign_key(
    table: Table, target: Table, key: tuple[str, ...], number: int
) -> tuple[ForeignKey, tuple[Column, ...]] | None:
    """A foreign key to the target's key, and the columns that it needs, made to its measure."""
    aims = [target.column(name) for name in key]
    columns = tuple(
        Column(name=f"ref{number}_{aim.name}", type=aim.type, collation=aim.collation)
        for aim in aims
    )
    name = f"{table.name.name}_ref{number}_fkey"
    if any(constraint.name == name for constraint in table.constraints):
        return None
    constraint = ForeignKey(
        columns=tuple(column.name for column in columns),
        target=target.name,
        target_columns=key,
        name=name,
    )
    return constraint, columns


@st.composite
def _with_options(
    draw: DrawFn, schema: Schema, name: QualifiedName, found: tuple[ForeignKey, tuple[Column, ...]]
) -> Schema:
    key, columns = found
    key = replace(
        key,
        on_delete=draw(_one_of(None, "CASCADE", "SET NULL")),
        deferrable=draw(_EITHER),
    )
    table = schema.table(name)
    made = {column.name: column for column in columns}
    kept = tuple(made.pop(column.name, column) for column in table.columns)
    edited = replace(table, columns=(*kept, *made.values()), constraints=(*table.constraints, key))
    return _mended(schema.with_replaced(table, edited))


def _mended(schema: Schema) -> Schema:
    """The schema without what points at something that is not there."""
    schema = _with_valid_tables(schema)
    while True:
        tables = tuple(_without_dangling_keys(table, schema) for table in schema.tables)
        if tables == schema.tables:
            return _with_valid_views(schema)
        schema = schema.with_tables(tables)


def _with_valid_views(schema: Schema) -> Schema:
    """Without the views that read what is not there."""
    while True:
        there = {(table.name, c.name) for table in schema.tables for c in table.columns}
        there |= {(view.name, name) for view in schema.views for _, name in view.uses}
        views = tuple(view for view in schema.views if there.issuperset(view.uses))
        if views == schema.views:
            return schema
        schema = replace(schema, views=views)


def _with_valid_tables(schema: Schema) -> Schema:
    homes = {None, *schema.schemas}
    enums = {enum.name: enum for enum in schema.enums if enum.name.schema in homes}
    sequences = {s.name: s for s in schema.sequences if s.name.schema in homes}
    tables = []
    taken: set[tuple[str | None, str]] = set()
    for table in schema.tables:
        if table.name.schema in homes:
            columns = tuple(c for c in table.columns if _has_its_type(c, enums, sequences))
            valid = _valid_table(replace(table, columns=columns), taken)
            tables.append(valid)
    return replace(
        schema,
        tables=tuple(tables),
        enums=tuple(enums.values()),
        sequences=tuple(sequences.values()),
    )


def _has_its_type(
    column: Column,
    enums: dict[QualifiedName, Enum],
    sequences: dict[QualifiedName, Sequence],
) -> bool:
    if column.sequence is not None and column.sequence not in sequences:
        return False
    if column.type.enum is None:
        return True
    enum = enums.get(column.type.enum)
    if enum is None or column.default is None:
        return enum is not None
    return any(column.default.startswith(f"{literal(value)}::") for value in enum.values)


def _valid_table(table: Table, taken: set[tuple[str | None, str]]) -> Table:
    """Without constraints and indexes of missing columns, doubled names or doubled keys."""
    names = {column.name for column in table.columns}
    plain = {column.name for column in table.columns if column.generated is None}
    columns = tuple(
        column
        for column in table.columns
        if column.generated is None or _mentioned(column.generated.expression) <= plain
    )
    names = {column.name for column in columns}
    key_columns = {n for c in table.constraints if isinstance(c, PrimaryKey) for n in c.columns}
    constraints: list[Constraint] = []
    used: set[str] = set()
    keys: set[tuple[str, ...]] = set()
    for constraint in table.constraints:
        needed = _columns_of(constraint)
        relation = (table.name.schema, constraint.name or "")
        is_key = isinstance(constraint, PrimaryKey | Unique | Exclude)
        doubled = is_key and tuple(sorted(needed)) in keys
        if not needed <= names or doubled or (constraint.name or "") in used:
            continue
        if isinstance(constraint, Check) and not _suits(constraint.expression, columns):
            continue
        if is_key and constraint.name and relation in taken:
            continue
        if isinstance(constraint, PrimaryKey) and any(
            isinstance(other, PrimaryKey) for other in constraints
        ):
            continue
        if is_key:
            keys.add(tuple(sorted(needed)))
            taken.add(relation)
        used |= {constraint.name} if constraint.name else set()
        constraints.append(constraint)
    if not any(isinstance(c, PrimaryKey) for c in constraints):
        columns = tuple(
            replace(c, identity=None, autoincrement=False) if c.name in key_columns else c
            for c in columns
        )
    indexes = []
    for index in table.indexes:
        relation = (table.name.schema, index.name)
        texts = (index.where, *(part.expression for part in index.parts))
        needed = {*index.columns, *(name for text in texts for name in _mentioned(text or ""))}
        suits = all(_suits(text, columns) for text in texts if text)
        if relation not in taken and needed <= names and suits:
            indexes.append(index)
            taken.add(relation)
    edited = replace(table, columns=columns, constraints=tuple(constraints), indexes=tuple(indexes))
    return _with_fitting_settings(edited)


def _with_fitting_settings(table: Table) -> Table:
    """Without STRICT where a type is not of its few, without WITHOUT ROWID where there is no key.

    AUTOINCREMENT needs a key of one column, and a table with row numbers.
    """
    key = table.primary_key
    columns = table.columns
    if any(column.autoincrement for column in columns):
        alone = key is not None and len(key.columns) == 1 and columns[0].type.sql == "INTEGER"
        serial = columns[0].type.sql == "integer"
        if not alone and not serial:
            columns = tuple(replace(column, autoincrement=False) for column in columns)
    counted = any(column.autoincrement for column in columns)
    strict = all(c.type.sql in _STRICT_TYPES for c in columns if c.type.sql)
    fits = {"strict": strict, "without_rowid": key is not None and not counted}
    options = tuple(pair for pair in table.settings.options if fits.get(pair[0], True))
    return replace(table, columns=columns, settings=replace(table.settings, options=options))


def _columns_of(constraint: Constraint) -> Set[str]:
    match constraint:
        case PrimaryKey() | Unique() | ForeignKey():
            return set(constraint.columns)
        case Check():
            return _mentioned(constraint.expression)
        case Exclude():
            return {*constraint_columns(constraint), *_mentioned(constraint.where or "")}


def _suits(expression: str, columns: tuple[Column, ...]) -> bool:
    """Whether the columns have types that the expression, one of those above, is made for."""
    types = TEXTS if re.search(r"length|lower", expression) else NUMBERS
    mentioned = _mentioned(expression)
    return all(column.type.sql in types for column in columns if column.name in mentioned)


@lru_cache(maxsize=4096)
def _mentioned(expression: str) -> frozenset[str]:
    known = (*COLUMNS, "id", "part", "computed")
    words = re.sub(r"[()]|::\w+", " ", expression).split()
    return frozenset(name for name in known if name in words or quoted(name) in words)


def _without_dangling_keys(table: Table, schema: Schema) -> Table:
    kept = tuple(
        constraint
        for constraint in table.constraints
        if not isinstance(constraint, ForeignKey) or _fits(constraint, table, schema)
    )
    return replace(table, constraints=kept)


def _fits(key: ForeignKey, table: Table, schema: Schema) -> bool:
    target = schema.find_table(key.target)
    if target is None or key.target_columns not in _keys(target):
        return False
    pairs = zip(key.columns, key.target_columns, strict=True)
    return all(
        table.has_column(own) and table.column(own).type == target.column(other).type
        for own, other in pairs
    )
