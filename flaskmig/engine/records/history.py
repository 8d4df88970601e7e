"""The version table: which revisions a database is at, one row a head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

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
        if not self._exists:
            inspector = sa.inspect(self.connection)
            self._exists = inspector.has_table(self.table.name, schema=self.schema)
        return self._exists

    @property
    def home(self) -> str | None:
        """The schema that the table is in; None where schemas have no names or it is not there.

        Where it goes unnamed, PostgreSQL finds the table anywhere on its search_path, and that
        may be another schema than the first, in which new tables are made.
        """
        if self.schema is not None or self.dialect.name != "postgresql":
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

    def rows(self) -> frozenset[str]:
        """The revisions that the database is at; empty where there is no table.

        Raises HistoryError where the table has something else than texts in it.
        """
        found = self._values()
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
        return self.connection.execute(sa.select(self._there.c.version_num)).scalars().all()

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
        for change, expected in row_changes(self._there, before, after):
            count = self.connection.execute(change).rowcount
            if expected is not None and count != 1:
                raise HistoryError(
                    f"the row {expected} of {self.table.fullname} was expected once and is "
                    f"there {count} times",
                    hint="another program writes this table; look with `flask db current`",
                )

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


def row_changes(
    table: sa.Table, before: Iterable[str], after: Iterable[str]
) -> Iterator[tuple[sa.Insert | sa.Update | sa.Delete, str | None]]:
    """The statements that go from some rows to others, each with the row that it must find."""
    old, new = set(before), set(after)
    removed, added = sorted(old - new), sorted(new - old)
    version = table.c.version_num
    for gone, come in zip(removed, added, strict=False):
        update = sa.update(table).where(version == _whole(gone))
        yield update.values(version_num=_whole(come)), gone
    for gone in removed[len(added) :]:
        yield sa.delete(table).where(version == _whole(gone)), gone
    for come in added[len(removed) :]:
        yield sa.insert(table).inline().values(version_num=_whole(come)), None


def _texts(values: Iterable[object]) -> frozenset[str]:
    return frozenset(value for value in values if isinstance(value, str))


def _whole(revision: str) -> sa.BindParameter[str]:
    # The first releases of SQLAlchemy 2.0 cast a value to the column's type, VARCHAR(32), and
    # that cuts it short without a word.
    return sa.literal(revision, sa.String())


def version_table(name: str = DEFAULT_TABLE, schema: str | None = None) -> sa.Table:
    """The version table for SQLAlchemy, with the column and key that Alembic gives it."""
    return sa.Table(
        name,
        sa.MetaData(),
        sa.Column("version_num", sa.String(WIDTH), nullable=False),
        sa.PrimaryKeyConstraint("version_num", name=f"{name}_pkc"),
        schema=schema,
    )
