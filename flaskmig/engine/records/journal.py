"""The journal: what flaskmig did to a database, and work that was cut off in the middle."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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

# The last record of one of these says whether a revision is applied. Others note what a person
# said of unfinished work, which by then is in the rows of that work.
_DOING = frozenset({"upgrade", "stamp", "repair"})
_UNDOING = frozenset({"downgrade", "unstamp"})

# What a person said of work that was cut off: a note beside the record of that work, and none of
# the revision by itself.
_RESOLVING = ("ran", "not-run", "applied", "undone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One statement of a revision that was cut: what it is and how far it came.

    ``answers`` are what the revision found in the database before it, since the statement before,
    as JSON values; ``sql`` is its text where it is one that runs outside of a transaction.
    """

    ordinal: int
    sha256: str
    state: State
    answers: Sequence[Any] = ()
    sql: str = ""


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

    @property
    def in_doubt(self) -> Entry | None:
        """The statement that was begun outside of a transaction and not seen to end."""
        begun = [entry for entry in self.entries.values() if entry.state == INTENT]
        return max(begun, key=lambda entry: entry.ordinal, default=None)

    @property
    def answers(self) -> list[Any]:
        """What the revision found in the database so far, in the order that it looked."""
        rows = sorted(self.entries.values(), key=lambda entry: entry.ordinal)
        return [answer for entry in rows for answer in entry.answers]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRecord:
    """What the journal says of one revision as a whole (its row of ordinal 0).

    ``direction`` is "upgrade" or "downgrade"; where a person said that it is applied "stamp" or
    "repair", and where somebody said that it is not, "unstamp". ``file_sha256`` is the checksum
    of the file at that time, empty where there was none; ``duration_ms`` is in milliseconds and
    None until the revision is done.
    """

    run: str
    revision: str
    direction: str
    file_sha256: str
    parents: tuple[str, ...]
    started_at: str
    duration_ms: int | None = None

    @property
    def is_applied(self) -> bool:
        """Whether the revision is applied once it is done."""
        return self.direction in _DOING


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
        self._keeps_answers: bool | None = None

    def exists(self) -> bool:
        """Whether the table is there; once seen it is taken to stay."""
        if not self._exists:
            self._exists = sa.inspect(self.connection).has_table(TABLE, schema=self.schema)
        return self._exists

    def forget(self) -> None:
        """Look again whether the table is there: what made it was rolled back."""
        self._exists = False
        self._keeps_answers = None

    def ensure(self) -> None:
        """Make the table where it is not there, and the column that older ones lack."""
        if not self.exists():
            self.connection.execute(CreateTable(self.table))
            self._exists = self._keeps_answers = True
        elif not self.keeps_answers():
            name = self.connection.dialect.identifier_preparer.format_table(self.table)
            self.connection.exec_driver_sql(f"ALTER TABLE {name} ADD COLUMN found TEXT")
            self._keeps_answers = True

    def keeps_answers(self) -> bool:
        """Whether the table, which is there, has the column ``found``."""
        if self._keeps_answers is None:
            everything: sa.Select[Any] = sa.select(sa.literal_column("*"))
            nothing = everything.select_from(self.table).where(sa.false())
            names = list(self.connection.execute(nothing).keys())
            self._keeps_answers = "found" in names
        return self._keeps_answers

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
        query = self._mine().where(
            columns.run == head["run"],
            columns.revision == head["revision"],
            columns.ordinal > 0,
        )
        if self.keeps_answers():
            query = query.add_columns(columns.found)
        rows = self.connection.execute(query).mappings()
        return Unfinished(
            run=head["run"],
            revision=head["revision"],
            direction=head["direction"],
            file_sha256=head["file_sha256"] or "",
            parents=_parents(head["parents"]),
            started_at=head["started_at"],
            entries={row["ordinal"]: _entry(row) for row in rows},
        )

    def applied(self) -> dict[str, RevisionRecord]:
        """The last record of each revision that is applied here, as far as the journal knows."""
        found = self.last_records()
        return {id_: record for id_, record in found.items() if record.is_applied}

    def last_records(self) -> dict[str, RevisionRecord]:
        """The last record of each revision that was ever done or undone here."""
        if not self.exists():
            return {}
        columns = self.table.c
        # Named one by one: a journal that an older release made has not all of them.
        query = sa.select(
            columns.run,
            columns.revision,
            columns.direction,
            columns.file_sha256,
            columns.parents,
            columns.started_at,
            columns.duration_ms,
        ).where(
            columns.version_table == self.version_table,
            columns.ordinal == 0,
            columns.state == DONE,
            columns.direction.not_in(_RESOLVING),
        )
        rows = self.connection.execute(query.order_by(columns.started_at)).mappings()
        return {row["revision"]: _record(row) for row in rows}

    def progress(self, record: RevisionRecord) -> int | None:
        """The ordinal of the last statement that is written, None where no work is under way."""
        columns = self.table.c
        its_rows = (
            columns.version_table == self.version_table,
            columns.run == record.run,
            columns.revision == record.revision,
        )
        is_begun = sa.exists().where(*its_rows, columns.ordinal == 0, columns.state == INTENT)
        query = sa.select(sa.func.max(columns.ordinal)).where(*its_rows, is_begun)
        last: int | None = self.connection.execute(query).scalar()
        return last

    def has_done(self, run: str, revision: str) -> bool:
        """Whether that very run wrote that the revision is done."""
        if not self.exists():
            return False
        columns = self.table.c
        query = self._mine().where(
            columns.run == run,
            columns.revision == revision,
            columns.ordinal == 0,
            columns.state == DONE,
        )
        return self.connection.execute(query).first() is not None

    def checksums(self) -> dict[str, str]:
        """The checksum of the file of each revision that was last applied here and not undone."""
        records = self.applied().items()
        return {revision: record.file_sha256 for revision, record in records if record.file_sha256}

    def begin(self, record: RevisionRecord) -> None:
        """Say that the revision is under way; committed with its first part."""
        self._insert_heads([record], INTENT)

    def finish(self, record: RevisionRecord, *, begun: bool) -> None:
        """Say that the revision is done; ``begun`` where `begin` said that it was under way."""
        if not begun:
            self._insert_heads([record], DONE)
            return
        self.connection.execute(
            self._row(record, 0).values(state=DONE, duration_ms=record.duration_ms)
        )
        self._empty(record.run, record.revision)

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
                    "found": _found(entry),
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
            if self.keeps_answers():
                self._empty(unfinished.run, unfinished.revision)
        else:
            self.connection.execute(sa.delete(self.table).where(*its_rows))

    def note_all(self, records: Sequence[RevisionRecord]) -> None:
        """Write down what a person said of several revisions, in their order."""
        self._insert_heads(records, DONE)

    def note(self, record: RevisionRecord) -> None:
        """Write down what a person said of a revision."""
        self._insert_heads([record], DONE)

    def _empty(self, run: str, revision: str) -> None:
        """Forget what the revision found: it is needed only while it may be resumed."""
        columns = self.table.c
        self.connection.execute(
            sa.update(self.table)
            .where(
                columns.version_table == self.version_table,
                columns.run == run,
                columns.revision == revision,
                columns.found.is_not(None),
            )
            .values(found=None)
        )

    def _mine(self) -> sa.Select[Any]:
        # Not the column that tables of older versions lack.
        columns = [column for column in self.table.c if column.name != "found"]
        return sa.select(*columns).where(self.table.c.version_table == self.version_table)

    def _row(self, record: RevisionRecord, ordinal: int) -> sa.Update:
        columns = self.table.c
        return sa.update(self.table).where(
            columns.version_table == self.version_table,
            columns.run == record.run,
            columns.revision == record.revision,
            columns.ordinal == ordinal,
        )

    def _insert_heads(self, records: Sequence[RevisionRecord], state: State) -> None:
        """Write rows of ordinal 0, with times after those of all that are there.

        The last record of a revision counts, and clocks differ from one machine to the next.
        """
        columns = self.table.c
        mine = sa.and_(columns.version_table == self.version_table, columns.ordinal == 0)
        newest = self.connection.execute(
            sa.select(sa.func.max(columns.started_at)).where(mine)
        ).scalar()
        rows = []
        for record in records:
            newest = _after(newest, record.started_at)
            rows.append({**self._head(record, state), "started_at": newest})
        self._insert(rows)

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
        sa.Column("found", sa.Text),
        sa.PrimaryKeyConstraint("version_table", "run", "revision", "ordinal", name=f"{TABLE}_pkc"),
        schema=schema,
    )


def statement_sha256(sql: str, parameters: object = ()) -> str:
    """The checksum that a statement is known by when a revision is resumed."""
    return hashlib.sha256(f"{sql}\0{parameters!r}".encode()).hexdigest()


def now() -> str:
    """This moment as the journal writes it."""
    return _written(datetime.now(UTC))


def _written(time: datetime) -> str:
    return time.isoformat(timespec="microseconds").removesuffix("+00:00")


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


def _record(row: RowMapping) -> RevisionRecord:
    return RevisionRecord(
        run=row["run"],
        revision=row["revision"],
        direction=row["direction"],
        file_sha256=row["file_sha256"] or "",
        parents=_parents(row["parents"]),
        started_at=row["started_at"],
        duration_ms=row["duration_ms"],
    )


def _parents(text: str | None) -> tuple[str, ...]:
    """The parents that a row has; where somebody wrote something else into it, that as one."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        found = text
    is_a_list = isinstance(found, list) and all(isinstance(each, str) for each in found)
    return tuple(found) if is_a_list else (str(text),)


def _after(newest: object, wanted: str) -> str:
    """The time that is wanted, or where that is not after the newest, a moment after it."""
    if not isinstance(newest, str) or newest < wanted:
        return wanted
    try:
        return _written(datetime.fromisoformat(newest) + timedelta(microseconds=1))
    except (ValueError, OverflowError):
        # It was not flaskmig that wrote the newest.
        return wanted


def _found(entry: Entry) -> str | None:
    content = {"answers": list(entry.answers), "sql": entry.sql}
    kept = {name: value for name, value in content.items() if value}
    return json.dumps(kept) if kept else None


def _entry(row: RowMapping) -> Entry:
    found = json.loads(row.get("found") or "{}")
    return Entry(
        ordinal=row["ordinal"],
        sha256=row["statement_sha256"] or "",
        state=row["state"],
        answers=found.get("answers", ()),
        sql=found.get("sql", ""),
    )
