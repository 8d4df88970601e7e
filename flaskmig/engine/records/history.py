"""The version table: which revisions a database is at, one row a head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

from flaskmig.engine.records.prepared import Prepared, literal
from flaskmig.errors import HistoryError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Dialect

DEFAULT_TABLE = "alembic_version"
WIDTH = 32
WIDENED = 255

# As PostgreSQL itself resolves a name without a schema.
_HOME = sa.text(
    "SELECT n.nspname FROM pg_catalog.pg_class c "
    "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relname = :name AND pg_catalog.pg_table_is_visible(c.oid) "
    "AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
)


class History:
    """The version table of one database, as Alembic makes it, read and written on one connection.

    Nothing here opens or ends a transaction: that is the business of who made the connection.
    """

    def __init__(
        self,
        connection: Connection,
        dialect: Dialect,
        *,
        table: str = DEFAULT_TABLE,
        schema: str | None = None,
    ) -> None:
        self.connection = connection
        self.dialect = dialect
        self.schema = schema
        self.table = version_table(table, schema)
        self._exists = False
        self._home: str | None = None

    @property
    def name(self) -> str:
        """The table's name without its schema."""
        return self.table.name

    @property
    def lock_key(self) -> str:
        """What everybody who writes this version table locks."""
        return f"flaskmig:{self.table.fullname}"

    def exists(self) -> bool:
        """Whether the table is there; once seen it is taken to stay."""
        if not self._exists and self._is_looked_for:
            self._exists = self.home is not None
        elif not self._exists:
            inspector = sa.inspect(self.connection)
            self._exists = inspector.has_table(self.table.name, schema=self.schema)
        return self._exists

    @property
    def _is_looked_for(self) -> bool:
        return self.schema is None and self.dialect.name == "postgresql"

    @property
    def home(self) -> str | None:
        """The schema that the table is in; None where schemas have no names or it is not there.

        Where it goes unnamed, PostgreSQL finds the table anywhere on its search_path, and that
        may be another schema than the first, in which new tables are made.
        """
        if not self._is_looked_for:
            return self.schema
        if self._home is None:
            found = self.connection.execute(_HOME, {"name": self.name})
            self._home = found.scalar()
        return self._home

    @property
    def _there(self) -> sa.Table:
        """The table as statements name it: with the schema that it is in."""
        home = self.home
        return self.table if home == self.schema else version_table(self.name, home)

    def forget(self) -> None:
        """Look again whether the table is there: what made it was rolled back."""
        self._exists = False
        self._home = None
        self.__dict__.pop("_width", None)
        self.__dict__.pop("_statements", None)

    @property
    def question(self) -> str:
        """The query whose rows `read` reads, as it stands; "" while the table was not seen."""
        if not self._exists and self._is_looked_for:
            # Where it was found it is.
            self._exists = self._home is not None
        return self._statements.rows if self._exists else ""

    def rows(self) -> frozenset[str]:
        """The revisions that the database is at; empty where there is no table.

        Raises HistoryError where the table has something else than texts in it.
        """
        return self._revisions(self._values())

    def read(self, rows: Iterable[Sequence[Any]]) -> frozenset[str]:
        """What `rows` says, from the rows of `question`; raises HistoryError likewise."""
        return self._revisions([row[0] for row in rows])

    def _revisions(self, found: Sequence[object]) -> frozenset[str]:
        odd = [value for value in found if not isinstance(value, str)]
        if odd:
            values = ", ".join("NULL" if value is None else repr(value) for value in odd[:3])
            raise HistoryError(
                f"{self.table.fullname} has {values} in version_num, which is no revision",
                hint="something else wrote that; take the row out with SQL, or "
                "`flask db stamp --purge REVISION` the revision that fits the tables",
            )
        return _texts(found)

    def texts(self) -> frozenset[str]:
        """The rows that can be revisions; the others are passed over."""
        return _texts(self._values())

    def _values(self) -> Sequence[object]:
        if not self.exists():
            return ()
        plain = {"no_parameters": True}
        rows = self.connection.exec_driver_sql(self.question, execution_options=plain)
        return rows.scalars().all()

    def ensure(self) -> None:
        """Make the table where it is not there."""
        if not self.exists():
            self.connection.execute(CreateTable(self.table))
            self._exists = True

    def replace(self, before: Iterable[str], after: Iterable[str]) -> None:
        """Go from the rows ``before`` to the rows ``after``, row by row.

        A row that stays is not written. Raises HistoryError where a row of ``before`` is not
        there (any more): somebody else wrote, and the caller's transaction must not commit.
        """
        for revision in after:
            self._make_room(revision)
        for gone, come in _moves(before, after):
            count = self._move(gone, come)
            if gone is not None and count != 1:
                raise self.changed_meanwhile(f"the row {gone}", f"there {count} times")

    def changed_meanwhile(
        self, row: str = "the row to replace", found: str = "not there, or twice"
    ) -> HistoryError:
        """The error for a row that is not as it was read."""
        return HistoryError(
            f"{row} of {self.table.fullname} was expected once and is {found}",
            hint="another program writes this table; look with `flask db current`",
        )

    def as_text(self, before: Iterable[str], after: Iterable[str]) -> str:
        """The one statement of `replace` as it stands; "" where it takes another or several."""
        moves = list(_moves(before, after))
        if len(moves) != 1 or any(len(come or "") > WIDTH for _, come in moves):
            return ""
        [(gone, come)] = moves
        statements = self._statements
        found = statements.update if gone is not None else statements.insert
        found = found if come is not None else statements.delete
        return found.as_text({"gone": literal(gone), "come": literal(come)})

    def _move(self, gone: str | None, come: str | None) -> int:
        """Write one change; returns how many rows it was."""
        statements = self._statements
        if gone is None:
            return statements.insert.write(self.connection, come=come)
        if come is None:
            return statements.delete.write(self.connection, gone=gone)
        return statements.update.write(self.connection, gone=gone, come=come)

    @cached_property
    def _statements(self) -> _Statements:
        return _Statements(self._there, self.connection, self.dialect)

    def clear(self) -> None:
        """Take every row away, known or not."""
        if self.exists():
            self.connection.execute(sa.delete(self._there))

    @cached_property
    def _width(self) -> int | None:
        columns = sa.inspect(self.connection).get_columns(self.table.name, schema=self.home)
        found = next(column for column in columns if column["name"] == "version_num")
        width: int | None = getattr(found["type"], "length", None)
        return width

    def _make_room(self, revision: str) -> None:
        """Widen the column before an id that is too long for it; SQLite ignores lengths."""
        if len(revision) <= WIDTH or self.dialect.name == "sqlite":
            return
        if self._width is None or self._width >= len(revision):
            return
        width = max(WIDENED, len(revision))
        name = self.connection.dialect.identifier_preparer.format_table(self._there)
        sql = f"ALTER TABLE {name} ALTER COLUMN version_num TYPE VARCHAR({width})"
        self.connection.exec_driver_sql(sql)
        self.__dict__["_width"] = width


class _Statements:
    """What is said to the version table once a revision, as text."""

    def __init__(self, table: sa.Table, connection: Connection, dialect: Dialect) -> None:
        version, come = table.c.version_num, _parameter("come")
        is_it = version == _parameter("gone")
        self.rows = str(sa.select(version).compile(dialect=dialect.compiler))
        self.insert = Prepared(sa.insert(table).inline().values(version_num=come), connection)
        self.delete = Prepared(sa.delete(table).where(is_it), connection)
        update = sa.update(table).where(is_it).values(version_num=come)
        self.update = Prepared(update, connection)


def row_changes(
    table: sa.Table, before: Iterable[str], after: Iterable[str]
) -> Iterator[sa.Insert | sa.Update | sa.Delete]:
    """The statements that go from some rows to others."""
    version = table.c.version_num
    for gone, come in _moves(before, after):
        if gone is None:
            yield sa.insert(table).inline().values(version_num=sa.literal(come, sa.String()))
        elif come is None:
            yield sa.delete(table).where(version == sa.literal(gone, sa.String()))
        else:
            update = sa.update(table).where(version == sa.literal(gone, sa.String()))
            yield update.values(version_num=sa.literal(come, sa.String()))


def _moves(before: Iterable[str], after: Iterable[str]) -> Iterator[tuple[str | None, str | None]]:
    """Each row that goes with the one that comes in its place, None for none."""
    old, new = set(before), set(after)
    return zip_longest(sorted(old - new), sorted(new - old))


def _texts(values: Iterable[object]) -> frozenset[str]:
    return frozenset(value for value in values if isinstance(value, str))


def _parameter(name: str) -> sa.BindParameter[str]:
    # The first releases of SQLAlchemy 2.0 cast a value to the column's type, VARCHAR(32), and
    # that cuts it short without a word.
    return sa.bindparam(name, type_=sa.String())


def version_table(name: str = DEFAULT_TABLE, schema: str | None = None) -> sa.Table:
    """The version table for SQLAlchemy, with the column and key that Alembic gives it."""
    return sa.Table(
        name,
        sa.MetaData(),
        sa.Column("version_num", sa.String(WIDTH), nullable=False),
        sa.PrimaryKeyConstraint("version_num", name=f"{name}_pkc"),
        schema=schema,
    )
