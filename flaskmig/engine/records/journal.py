"""The journal: what flaskmig did to a database, and work that was cut off in the middle."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, RowMapping

    from flaskmig.engine.records.history import History

TABLE = "flaskmig_journal"

State = Literal["intent", "done"]
INTENT: State = "intent"
DONE: State = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One statement of a revision that was cut: what it is and how far it came."""

    ordinal: int
    sha256: str
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A revision of which some parts are committed and others are not."""

    run: str
    revision: str
    direction: str
    file_sha256: str
    parents: tuple[str, ...]
    started_at: str
    entries: Mapping[int, Entry]

    @property
    def last(self) -> int:
        """The ordinal of the last statement that was begun, 0 where none was."""
        return max(self.entries, default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRecord:
    """What the journal says of one revision as a whole (its row of ordinal 0).

    ``direction`` is "upgrade", "downgrade" or, where a person said that it is applied, "stamp".
    ``file_sha256`` is the checksum of the file at that time; ``duration_ms`` is in milliseconds
    and None until the revision is done.
    """

    run: str
    revision: str
    direction: str
    file_sha256: str
    parents: tuple[str, ...]
    started_at: str
    duration_ms: int | None = None


class Journal:
    """The table ``flaskmig_journal`` beside one version table, used on one connection.

    Nothing here opens or ends a transaction.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        version_table: str,
        schema: str | None = None,
    ) -> None:
        self.connection = connection
        self.version_table = version_table
        self.schema = schema
        self.table = journal_table(schema)
        self._exists = False

    def exists(self) -> bool:
        """Whether the table is there; once seen it is taken to stay."""
        if not self._exists:
            self._exists = sa.inspect(self.connection).has_table(TABLE, schema=self.schema)
        return self._exists

    def forget(self) -> None:
        """Look again whether the table is there: what made it was rolled back."""
        self._exists = False

    def ensure(self) -> None:
        """Make the table where it is not there."""
        if not self.exists():
            self.connection.execute(CreateTable(self.table))
            self._exists = True

    def unfinished(self, revision: str | None = None) -> Unfinished | None:
        """The revision that was cut off, or that very one if it was; None where there is none."""
        found = self.all_unfinished()
        return next((each for each in found if revision in (None, each.revision)), None)

    def all_unfinished(self) -> list[Unfinished]:
        """The revisions that were cut off, the oldest first."""
        if not self.exists():
            return []
        columns = self.table.c
        query = self._mine().where(columns.ordinal == 0, columns.state == INTENT)
        heads = self.connection.execute(query.order_by(columns.started_at)).mappings().all()
        return [self._unfinished(head) for head in heads]

    def _unfinished(self, head: RowMapping) -> Unfinished:
        columns = self.table.c
        rows = self.connection.execute(
            self._mine().where(
                columns.run == head["run"],
                columns.revision == head["revision"],
                columns.ordinal > 0,
            )
        ).mappings()
        return Unfinished(
            run=head["run"],
            revision=head["revision"],
            direction=head["direction"],
            file_sha256=head["file_sha256"] or "",
            parents=tuple(json.loads(head["parents"] or "[]")),
            started_at=head["started_at"],
            entries={row["ordinal"]: _entry(row) for row in rows},
        )

    def checksums(self) -> dict[str, str]:
        """The checksum of the file of each revision that was last applied here and not undone."""
        if not self.exists():
            return {}
        columns = self.table.c
        rows = self.connection.execute(
            self._mine()
            .where(columns.ordinal == 0, columns.state == DONE)
            .order_by(columns.started_at)
        ).mappings()
        found = dict[str, str]()
        for row in rows:
            if row["direction"] == "downgrade":
                found.pop(row["revision"], None)
            elif row["file_sha256"]:
                found[row["revision"]] = row["file_sha256"]
        return found

    def begin(self, record: RevisionRecord) -> None:
        """Say that the revision is under way; committed with its first part."""
        self._insert([self._head(record, INTENT)])

    def finish(self, record: RevisionRecord, *, begun: bool) -> None:
        """Say that the revision is done; ``begun`` where `begin` said that it was under way."""
        if not begun:
            self._insert([self._head(record, DONE)])
            return
        self.connection.execute(
            self._row(record, 0).values(state=DONE, duration_ms=record.duration_ms)
        )

    def add(self, record: RevisionRecord, entries: Sequence[Entry]) -> None:
        """Write statements that are done, or about to be run outside of a transaction."""
        self._insert(
            [
                {
                    **self._head(record, entry.state),
                    "ordinal": entry.ordinal,
                    "statement_sha256": entry.sha256,
                    "file_sha256": None,
                    "parents": None,
                    "started_at": now(),
                    "duration_ms": None,
                }
                for entry in entries
            ]
        )

    def mark_done(self, record: RevisionRecord, ordinal: int, duration_ms: int) -> None:
        """Say that a statement that was about to be run has been."""
        statement = self._row(record, ordinal).values(state=DONE, duration_ms=duration_ms)
        self.connection.execute(statement)

    def remove(self, record: RevisionRecord, ordinal: int) -> None:
        """Take back that a statement was about to be run: the database refused it."""
        columns = self.table.c
        self.connection.execute(
            sa.delete(self.table).where(
                columns.version_table == self.version_table,
                columns.run == record.run,
                columns.revision == record.revision,
                columns.ordinal == ordinal,
            )
        )

    def settle(self, unfinished: Unfinished, *, is_done: bool) -> None:
        """A person says that the revision is done as a whole, or that nothing of it is."""
        columns = self.table.c
        its_rows = (
            columns.version_table == self.version_table,
            columns.run == unfinished.run,
            columns.revision == unfinished.revision,
        )
        if is_done:
            self.connection.execute(sa.update(self.table).where(*its_rows).values(state=DONE))
        else:
            self.connection.execute(sa.delete(self.table).where(*its_rows))

    def note_stamped(self, records: Sequence[RevisionRecord]) -> None:
        """Say that the revisions are applied as their files are now."""
        self._insert([self._head(record, DONE) for record in records])

    def _mine(self) -> sa.Select[Any]:
        return sa.select(self.table).where(self.table.c.version_table == self.version_table)

    def _row(self, record: RevisionRecord, ordinal: int) -> sa.Update:
        columns = self.table.c
        return sa.update(self.table).where(
            columns.version_table == self.version_table,
            columns.run == record.run,
            columns.revision == record.revision,
            columns.ordinal == ordinal,
        )

    def _insert(self, rows: list[dict[str, object]]) -> None:
        if rows:
            self.connection.execute(sa.insert(self.table).inline(), rows)

    def _head(self, record: RevisionRecord, state: State) -> dict[str, object]:
        return {
            "version_table": self.version_table,
            "run": record.run,
            "revision": record.revision,
            "ordinal": 0,
            "direction": record.direction,
            "statement_sha256": None,
            "state": state,
            "file_sha256": record.file_sha256,
            "parents": json.dumps(record.parents),
            "tool_version": tool_version(),
            "user_name": user_name(),
            "started_at": record.started_at,
            "duration_ms": record.duration_ms,
        }


def journal_of(history: History) -> Journal:
    """The journal beside a version table."""
    return Journal(
        history.connection,
        version_table=history.name,
        schema=history.schema,
    )


def journal_table(schema: str | None = None) -> sa.Table:
    """The journal's table for SQLAlchemy; times are ISO 8601 in UTC, parents a JSON array."""
    return sa.Table(
        TABLE,
        sa.MetaData(),
        sa.Column("version_table", sa.String(255), nullable=False),
        sa.Column("run", sa.String(32), nullable=False),
        sa.Column("revision", sa.String(255), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("direction", sa.String(9), nullable=False),
        sa.Column("statement_sha256", sa.String(64)),
        sa.Column("state", sa.String(6), nullable=False),
        sa.Column("file_sha256", sa.String(64)),
        sa.Column("parents", sa.Text),
        sa.Column("tool_version", sa.String(64)),
        sa.Column("user_name", sa.String(255)),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("duration_ms", sa.BigInteger),
        sa.PrimaryKeyConstraint("version_table", "run", "revision", "ordinal", name=f"{TABLE}_pkc"),
        schema=schema,
    )


def statement_sha256(sql: str, parameters: object = ()) -> str:
    """The checksum that a statement is known by when a revision is resumed."""
    return hashlib.sha256(f"{sql}\0{parameters!r}".encode()).hexdigest()


def now() -> str:
    """This moment as the journal writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").removesuffix("+00:00")


@cache
def tool_version() -> str:
    """The version of flaskmig; empty where it runs without being installed."""
    try:
        return version("flaskmig")
    except PackageNotFoundError:
        return ""


@cache
def user_name() -> str:
    """Who runs this, as far as the operating system says; empty where it does not."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _entry(row: RowMapping) -> Entry:
    return Entry(ordinal=row["ordinal"], sha256=row["statement_sha256"] or "", state=row["state"])
