"""The schema that a SQLite database has.

Two queries read the whole database, however many tables it has: `sqlite_master` for the stored
texts, and `pragma_table_xinfo` of every table to check that the texts were read right. What a
text says is what counts; see `definition`.

SQLite does not distinguish names by case. Names come back as their own definition spells them:
a foreign key to ``Users`` on a table ``users`` reads as one to ``users``.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flaskmig.dialects.base import unstorable
from flaskmig.dialects.sqlite.declared import Relation, read_view
from flaskmig.dialects.sqlite.definition import ColumnText, TableText, read_table
from flaskmig.dialects.sqlite.driver import driver, query
from flaskmig.errors import OperationError, UnsupportedOperationError
from flaskmig.schema import (
    Column,
    Constraint,
    ForeignKey,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Schema,
    Settings,
    Table,
    Trigger,
    Type,
    Unique,
    View,
)
from flaskmig.sql import Token, bare, folded, names, quote, tokens

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_MASTER = """
SELECT type, name, tbl_name, sql FROM sqlite_master
WHERE {only} type IN ('table', 'index', 'trigger', 'view') AND sql IS NOT NULL
  AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
UNION ALL
SELECT 'temp trigger', name, tbl_name, sql FROM sqlite_temp_master
WHERE {only} type = 'trigger' AND sql IS NOT NULL
"""
_COLUMNS = """
SELECT m.name, x.name FROM sqlite_master AS m JOIN pragma_table_xinfo(m.name, 'main') AS x
WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL %'
  AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
"""
# Of more tables than these it is less work to read all that there are.
_FEW = 100
_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\s", re.IGNORECASE)
_CREATE_TRIGGER = re.compile(r"^\s*CREATE\s+(?:TEMP(?:ORARY)?\s+)?TRIGGER\b", re.IGNORECASE)
# The tables in which FTS3, FTS4, FTS5 and R*Tree keep what is in a virtual table.
_SHADOWS = (
    "_content", "_segments", "_segdir", "_docsize", "_stat", "_data", "_idx", "_config",
    "_node", "_rowid", "_parent",
)  # fmt: skip
_BUILTIN_COLLATIONS = frozenset({"BINARY", "NOCASE", "RTRIM"})


@dataclass(frozen=True, slots=True)
class Master:
    """The rows of sqlite_master, sorted out; every key is in lower case."""

    tables: Mapping[str, tuple[str, str]]
    indexes: Mapping[str, list[str]]
    triggers: Mapping[str, list[str]]
    views: Mapping[str, tuple[str, str]]
    declared_triggers: Sequence[tuple[str, str, str]]


def introspect(
    connection: Connection,
    *,
    schemas: Collection[str] = (),
    only: Collection[QualifiedName] | None = None,
    without: Collection[QualifiedName] = (),
) -> Schema:
    """What the database has; raises OperationError for a definition that cannot be read.

    Virtual tables, the tables that they keep their data in, SQLite's own and what is temporary
    are not among it, nor are the tables ``without`` which it is to be.
    """
    for schema in schemas:
        if schema.lower() != "main":
            raise UnsupportedOperationError(
                f"flaskmig manages no attached databases on SQLite, and {schema!r} would be one",
                hint="give the tables no schema, or make it a bind of its own",
            )
    return read_database(driver(connection), only=only, without=without)


def virtual_tables(connection: Connection) -> tuple[str, ...]:
    """The names of the virtual tables, in their order."""
    statement = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
    found = query(driver(connection), statement)
    return tuple(name for name, sql in found if _VIRTUAL.match(sql or ""))


def read_database(
    raw: sqlite3.Connection,
    *,
    only: Collection[QualifiedName] | None = None,
    without: Collection[QualifiedName] = (),
) -> Schema:
    """`introspect` on a connection of the driver."""
    if only is not None and not any(_may_be_there(raw, name) for name in only):
        return Schema()
    master = read_master(raw) if only is None else _read_part(raw, only)
    wanted = {*master.tables, *master.views}
    if only is not None:
        wanted &= {folded(table.name) for table in only if table.schema in (None, "main")}
        _require_in_sight(raw, wanted)
    views, triggers = tuple(_views(master, wanted)), tuple(_triggers(master, wanted))
    wanted &= master.tables.keys()
    wanted -= {folded(table.name) for table in without}
    columns = _read_columns(raw, wanted)
    texts = {key: read_table(sql) for key, (_, sql) in master.tables.items() if key in wanted}
    for key, text in texts.items():
        _check(text, columns.get(key, []))
    tables = (_table(master, key, text) for key, text in texts.items())
    return Schema(tables=tuple(tables), views=views, triggers=triggers)


def _may_be_there(raw: sqlite3.Connection, name: QualifiedName) -> bool:
    """Whether SQLite knows a table or view of that name, asked without reading all of them."""
    if unstorable(name.name):
        return False
    try:
        return bool(query(raw, f"PRAGMA main.table_info({quote(name.name)})"))
    except sqlite3.OperationalError:
        # A view that is broken has no columns.
        return True


def _require_in_sight(raw: sqlite3.Connection, names: Collection[str]) -> None:
    """A temporary table or view hides the one of its name from every statement."""
    statement = "SELECT type, name FROM sqlite_temp_master WHERE type IN ('table', 'view')"
    for kind, name in query(raw, statement):
        if folded(name) in names:
            raise OperationError(
                f"a temporary {kind} {name} hides the table of that name on this connection",
                hint=f"drop it first: DROP {kind.upper()} temp.{quote(name)}",
            )


def _views(master: Master, wanted: Collection[str]) -> Iterator[View]:
    found = [each for key, each in master.views.items() if key in wanted]
    if not found:
        return
    # The words of a view's text are in lower case, whatever their letters are.
    words = frozenset[str]().union(*(names(sql) for _, sql in found))
    relations = {key.lower(): Relation(name) for key, (name, _) in master.views.items()}
    for key, (name, sql) in master.tables.items():
        if key.lower() in words:
            relations[key.lower()] = Relation(name, tuple(_keys(sql)[0].values()))
    for name, sql in found:
        yield read_view(name, sql, relations)


def _triggers(master: Master, wanted: Collection[str]) -> Iterator[Trigger]:
    owners = {**master.tables, **master.views}
    for name, table, sql in master.declared_triggers:
        if table in wanted:
            yield Trigger(name=name, table=QualifiedName(owners[table][0]), definition=sql)


def _read_part(raw: sqlite3.Connection, only: Collection[QualifiedName]) -> Master:
    """At least the rows that these tables and views cannot be described without."""
    names = {folded(table.name) for table in only}
    master = read_master(raw, names)
    if master.views:
        # A view may read anything that a word of its text is the name of.
        return read_master(raw)
    clauses = (each for _, sql in master.tables.values() for each in read_table(sql).clauses)
    keys = (each.constraint for each in clauses if isinstance(each.constraint, ForeignKey))
    targets = {folded(key.target.name) for key in keys}
    return master if targets <= names else read_master(raw, names | targets)


def read_master(raw: sqlite3.Connection, only: Collection[str] | None = None) -> Master:
    """The rows of sqlite_master about what is not temporary, virtual or SQLite's own.

    ``only`` are the tables and views, in lower case, that they have to be about at least.
    """
    tables: dict[str, tuple[str, str]] = {}
    indexes: dict[str, list[str]] = {}
    triggers: dict[str, list[str]] = {}
    views: dict[str, tuple[str, str]] = {}
    declared_triggers: list[tuple[str, str, str]] = []
    virtual: list[str] = []
    for kind, name, table, sql in _master_rows(raw, only):
        key = folded(table)
        if kind == "index":
            indexes.setdefault(key, []).append(sql)
        elif kind == "trigger":
            triggers.setdefault(key, []).append(sql)
            declared_triggers.append((name, key, sql))
        elif kind == "view":
            views[key] = (name, sql)
        elif kind == "temp trigger":
            temporary = _CREATE_TRIGGER.sub("CREATE TEMP TRIGGER", sql)
            triggers.setdefault(key, []).append(temporary)
        elif _VIRTUAL.match(sql):
            virtual.append(key)
        else:
            tables[key] = (name, sql)
    for name in virtual:
        for suffix in _SHADOWS:
            tables.pop(name + suffix, None)
    return Master(tables, indexes, triggers, views, declared_triggers)


def _master_rows(raw: sqlite3.Connection, only: Collection[str] | None) -> list[Any]:
    """The rows; sqlite_master has no index, so that SQLite looks at all of them in any case."""
    if only is None:
        return query(raw, _MASTER.format(only=""))
    # What is called as the parts of a virtual table are is one where there is that table.
    owners = {name.removesuffix(suffix) for name in only for suffix in _SHADOWS}
    if len(owners) > _FEW:
        return query(raw, _MASTER.format(only=""))
    places = ", ".join("?" * len(owners))
    statement = _MASTER.format(only=f"tbl_name COLLATE NOCASE IN ({places}) AND")
    return query(raw, statement, (*owners, *owners))


def _read_columns(raw: sqlite3.Connection, tables: Collection[str]) -> dict[str, list[str]]:
    """The names of the columns, by those of the tables in lower case; of others too."""
    if len(tables) <= _FEW:
        rows = ((each, query(raw, f"PRAGMA main.table_xinfo({quote(each)})")) for each in tables)
        return {table: [name for _, name, *_ in columns] for table, columns in rows}
    found: dict[str, list[str]] = {}
    for table, column in query(raw, _COLUMNS):
        found.setdefault(folded(table), []).append(column)
    return found


def _check(text: TableText, columns: list[str]) -> None:
    """Never guess: what was read must be what SQLite itself says."""
    read = [column.name for column in text.columns]
    if read != columns:
        raise OperationError(
            f"the stored definition of table {text.name} was read as {', '.join(read)}, "
            f"but the table has the columns {', '.join(columns)}",
            hint="please report the table's CREATE TABLE text",
        )


def _table(master: Master, key: str, text: TableText) -> Table:
    name, sql = master.tables[key]
    table = table_of(text, indexes=master.indexes.get(key, ()))
    constraints = tuple(
        _with_target(master, constraint) if isinstance(constraint, ForeignKey) else constraint
        for constraint in table.constraints
    )
    return replace(
        table,
        name=QualifiedName(name),
        constraints=constraints,
        sql=sql,
        triggers=tuple(master.triggers.get(key, ())),
    )


def _with_target(master: Master, key: ForeignKey) -> ForeignKey:
    target, columns = resolved(master, key.target, key.target_columns)
    return replace(key, target=target, target_columns=columns)


def resolved(
    master: Master, target: QualifiedName, names: tuple[str, ...]
) -> tuple[QualifiedName, tuple[str, ...]]:
    """What a foreign key refers to, spelled as the target does; no columns means its key."""
    found = master.tables.get(folded(target.name))
    if found is None:
        return target, names
    columns, primary = _keys(found[1])
    return QualifiedName(found[0]), tuple(
        columns.get(folded(name), name) for name in names or primary
    )


@lru_cache(maxsize=2048)
def _keys(sql: str) -> tuple[Mapping[str, str], tuple[str, ...]]:
    text = read_table(sql)
    columns = {folded(column.name): column.name for column in text.columns}
    found = (clause.constraint for clause in text.clauses)
    primary = next((c for c in found if isinstance(c, PrimaryKey)), None)
    return columns, primary.columns if primary else ()


def table_of(text: TableText, *, indexes: Iterable[str] = ()) -> Table:
    """The table that a CREATE TABLE text and CREATE INDEX texts describe.

    Foreign keys are as the text has them: without target columns where it names none.
    """
    columns = {folded(column.name): column.name for column in text.columns}
    constraints = [clause.constraint for clause in text.clauses if clause.constraint]
    primary = next((c for c in constraints if isinstance(c, PrimaryKey)), None)
    options = dict(text.options)
    never_null = set[str]()
    if primary and ("strict" in options or "without_rowid" in options):
        never_null.update(folded(name) for name in primary.columns)
    alias = rowid_alias(text)
    if alias:
        never_null.add(folded(alias))
    return Table(
        name=QualifiedName(text.name),
        columns=tuple(_column(column, never_null, primary, text) for column in text.columns),
        constraints=tuple(spelled(constraint, columns) for constraint in constraints),
        indexes=tuple(read_index(sql, columns) for sql in indexes),
        settings=Settings(options=text.options),
        sql=text.sql,
    )


def rowid_alias(text: TableText) -> str | None:
    """The column that is the rowid: INTEGER PRIMARY KEY, unless it is spelled with DESC.

    Source: SQLite's documentation, "ROWIDs and the INTEGER PRIMARY KEY".
    """
    if "without_rowid" in dict(text.options):
        return None
    for clause in text.clauses:
        if isinstance(clause.constraint, PrimaryKey) and len(clause.constraint.columns) == 1:
            column = text.column(clause.constraint.columns[0])
            if column and column.type == "INTEGER" and not clause.descending:
                return column.name
    return None


def _column(
    column: ColumnText, never_null: Collection[str], primary: PrimaryKey | None, text: TableText
) -> Column:
    """A column; the rowid and keys that SQLite itself keeps from being NULL are not nullable.

    That is how models describe a primary key, whether or not its definition says NOT NULL.
    """
    defaults = column.find("default")
    generated = column.find("generated")
    collations = column.find("collate")
    not_null = column.find("not null")
    in_key = primary is not None and primary.columns == (column.name,)
    return Column(
        name=column.name,
        type=Type(sql=column.type),
        nullable=not not_null and folded(column.name) not in never_null,
        default=defaults[-1].value if defaults else None,
        generated=generated[-1].generated if generated else None,
        autoincrement=in_key and any(clause.autoincrement for clause in text.clauses),
        collation=collation_name(collations[-1].value) if collations else None,
        on_null=next((clause.value for clause in not_null if clause.value), None),
    )


def collation_name(name: str) -> str | None:
    """A collation as it is compared: SQLite's own in upper case, its default as None."""
    upper = name.upper()
    if upper == "BINARY":
        return None
    return upper if upper in _BUILTIN_COLLATIONS else name


def spelled(constraint: Constraint, columns: Mapping[str, str]) -> Constraint:
    """The constraint with its columns spelled as the table's columns are."""
    match constraint:
        case PrimaryKey() | Unique() | ForeignKey():
            names = tuple(columns.get(folded(name), name) for name in constraint.columns)
            return replace(constraint, columns=names)
        case _:
            return constraint


def read_index(sql: str, columns: Mapping[str, str]) -> Index:
    """The index that a CREATE INDEX text describes.

    ``columns`` are the table's, by their names in lower case: a part that is the name of none
    of them is an expression (SQLite takes an unknown quoted name for a string).
    """
    found = tokens(sql)
    unique = found[1].keyword == "UNIQUE"
    on = next(place for place, token in enumerate(found) if token.keyword == "ON")
    opening = next(place for place in range(on, len(found)) if found[place].text == "(")
    closing = _closing(found, opening)
    rest = found[closing + 1 :]
    where = bare(sql[rest[0].end :]) if rest and rest[0].keyword == "WHERE" else None
    return Index(
        name=found[on - 1].name,
        parts=tuple(
            _index_part(sql, part, columns) for part in _parts(found[opening + 1 : closing])
        ),
        unique=unique,
        where=where,
        sql=sql,
    )


def is_stored(index: Index, table: Table) -> bool:
    """Whether the index has a text that makes it as it is, on that table, as both are now."""
    if index.sql is None:
        return False
    found = tokens(index.sql)
    on = next(place for place, token in enumerate(found) if token.keyword == "ON")
    columns = {folded(column.name): column.name for column in table.columns}
    is_on_it = folded(found[on + 1].name) == folded(table.name.name)
    return is_on_it and read_index(index.sql, columns) == index


def _closing(found: list[Token], opening: int) -> int:
    depth = 0
    for place in range(opening, len(found)):
        depth += {"(": 1, ")": -1}.get(found[place].keyword, 0)
        if depth == 0:
            return place
    return len(found) - 1


def _parts(found: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in found:
        depth += {"(": 1, ")": -1}.get(token.keyword, 0)
        if depth == 0 and token.keyword == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _index_part(sql: str, part: list[Token], columns: Mapping[str, str]) -> IndexPart:
    descending = part[-1].keyword == "DESC"
    if part[-1].keyword in ("ASC", "DESC"):
        part = part[:-1]
    collation = None
    if len(part) > 2 and part[-2].keyword == "COLLATE":
        collation = collation_name(part[-1].name)
        part = part[:-2]
    text = bare(sql[part[0].start : part[-1].end])
    if len(part) == 1 and part[0].kind in ("word", "quoted"):
        column = columns.get(folded(part[0].name))
        if column is not None:
            return IndexPart(column=column, descending=descending, collation=collation)
    return IndexPart(expression=text, descending=descending, collation=collation)
