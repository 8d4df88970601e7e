"""The journal: what flaskmig did to a database, and work that was cut off in the middle."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable, DropTable

from flaskmig.engine.records.author import tool_version, user_name
from flaskmig.engine.records.journal_rows import (
    DONE,
    INTENT,
    Entry,
    RevisionRecord,
    State,
    Unfinished,
    found_in_head,
    found_of,
    read_record,
    read_replaces,
    read_unfinished,
)
from flaskmig.engine.records.journal_table import TABLE, journal_table
from flaskmig.engine.records.moments import after, now
from flaskmig.engine.records.prepared import Prepared, literal

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, RowMapping

    from flaskmig.engine.records.history import History

# What a person said of work that was cut off: a note beside the record of that work, and none of
# the revision by itself.
_RESOLVING = ("ran", "not-run", "applied", "undone")


# Rows that are taken from the driver together; all of them would be a second copy.
_AT_ONCE = 500


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
        # What `has_unfinished` found, and the dialect's epoch then.
        self._epoch: int | None = None
        self._has_unfinished = False
        self._has_rules = False
        self._newest: object = None
        self._knows_newest = False

    def exists(self) -> bool:
        """Whether the table is there; once seen it is taken to stay."""
        if not self._exists:
            self._exists = sa.inspect(self.connection).has_table(TABLE, schema=self.schema)
        return self._exists

    def forget(self) -> None:
        """Look again whether the table is there: what made it was rolled back."""
        self._exists = False
        self._keeps_answers = None
        self._epoch, self._knows_newest = None, False

    def look_again(self) -> None:
        """Have the next step look: somebody else may have written what `has_unfinished` found."""
        self._epoch = None

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

    def has_unfinished(self, epoch: int | None) -> bool:
        """Whether a revision was cut off; the table is there.

        ``epoch`` is the dialect's: while it is the same number, what was found is the answer.
        Otherwise one query looks, and also for the newest time, so that the step which asks need
        not look for it: both read all that was ever done.
        """
        if epoch is None or epoch != self._epoch:
            found: Sequence[Any] = self._look.run(self.connection).one()
            self._newest, self._has_unfinished = found[0], bool(found[1])
            self._has_rules = bool(found[2])
            self._epoch, self._knows_newest = epoch, True
        return self._has_unfinished

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
        its_rows = self._rows(head["run"], head["revision"])
        query = self._mine().where(*its_rows, columns.ordinal > 0)
        if self.keeps_answers():
            query = query.add_columns(columns.found)
        rows = self.connection.execute(query).mappings()
        return read_unfinished(head, rows)

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
        parts = self.connection.execute(query.order_by(columns.started_at)).partitions(_AT_ONCE)
        return {row[1]: read_record(*row) for part in parts for row in part}

    def replaced_by(self, revisions: Collection[str]) -> frozenset[str]:
        """What these, where they are squashed ones, did the work of when they were applied here."""
        if not self.exists() or not self.keeps_answers():
            return frozenset()
        columns = self.table.c
        query = (
            self._mine()
            .add_columns(columns.found)
            .where(
                columns.ordinal == 0,
                columns.state == DONE,
                columns.direction.not_in(_RESOLVING),
                columns.revision.in_(revisions),
            )
        )
        rows = self.connection.execute(query.order_by(columns.started_at)).mappings()
        last = {row["revision"]: row for row in rows}
        return frozenset(id_ for row in last.values() for id_ in read_replaces(row))

    def progress(self, record: RevisionRecord) -> int | None:
        """The ordinal of the last statement that is written, None where no work is under way."""
        columns = self.table.c
        its_rows = self._rows(record.run, record.revision)
        is_begun = sa.exists().where(*its_rows, columns.ordinal == 0, columns.state == INTENT)
        query = sa.select(sa.func.max(columns.ordinal)).where(*its_rows, is_begun)
        last: int | None = self.connection.execute(query).scalar()
        return last

    def has_done(self, run: str, revision: str) -> bool:
        """Whether that very run wrote that the revision is done."""
        if not self.exists():
            return False
        columns = self.table.c
        its_rows = self._rows(run, revision)
        query = self._mine().where(*its_rows, columns.ordinal == 0, columns.state == DONE)
        return self.connection.execute(query).first() is not None

    def begin(self, record: RevisionRecord) -> None:
        """Say that the revision is under way; committed with its first part."""
        self._insert_heads([record], INTENT)
        self.look_again()

    def as_text(self, record: RevisionRecord, **texts: str) -> str:
        """The one statement of `finish` as it stands, with ``texts`` as values; "" for several.

        For what was not begun, in a step in which `has_unfinished` was asked.
        """
        if record.replaces or self._has_rules or not self._knows_newest:
            return ""
        self._newest = after(self._newest, record.started_at)
        values = {**self._head(record, DONE), "started_at": self._newest}
        return self._add_head.as_text(
            {**{name: literal(each) for name, each in values.items()}, **texts}
        )

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
                    "found": found_of(entry),
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
        its_rows = self._rows(record.run, record.revision)
        its_row = sa.delete(self.table).where(*its_rows, self.table.c.ordinal == ordinal)
        self.connection.execute(its_row)

    def settle(self, unfinished: Unfinished, *, is_done: bool) -> None:
        """A person says that the revision is done as a whole, or that nothing of it is."""
        its_rows = self._rows(unfinished.run, unfinished.revision)
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

    def leave(self) -> None:
        """Take the records of this version table away, and the table with the last of any."""
        columns = self.table.c
        self.connection.execute(
            sa.delete(self.table).where(columns.version_table == self.version_table)
        )
        query = sa.select(columns.version_table).limit(1)
        if self.connection.execute(query).first() is None:
            self.connection.execute(DropTable(self.table))
            self.forget()

    def _empty(self, run: str, revision: str) -> None:
        """Forget what the revision found: it is needed only while it may be resumed."""
        columns = self.table.c
        its_rows = (*self._rows(run, revision), columns.ordinal > 0, columns.found.is_not(None))
        self.connection.execute(sa.update(self.table).where(*its_rows).values(found=None))

    def _mine(self) -> sa.Select[Any]:
        # Not the column that tables of older versions lack.
        columns = [column for column in self.table.c if column.name != "found"]
        return sa.select(*columns).where(self.table.c.version_table == self.version_table)

    def _rows(self, run: str, revision: str) -> tuple[sa.ColumnElement[bool], ...]:
        """The condition for all rows of a revision in one run."""
        columns = self.table.c
        return (
            columns.version_table == self.version_table,
            columns.run == run,
            columns.revision == revision,
        )

    def _row(self, record: RevisionRecord, ordinal: int) -> sa.Update:
        its_rows = self._rows(record.run, record.revision)
        return sa.update(self.table).where(*its_rows, self.table.c.ordinal == ordinal)

    def _insert_heads(self, records: Sequence[RevisionRecord], state: State) -> None:
        """Write rows of ordinal 0, with times after those of all that are there.

        The last record of a revision counts, and clocks differ from one machine to the next.
        """
        if not self._knows_newest:
            self._newest = self._look.run(self.connection).one()[0]
        rows = []
        for record in records:
            self._newest = after(self._newest, record.started_at)
            rows.append({**self._head(record, state), "started_at": self._newest})
        if len(rows) == 1:
            self._add_head.write(self.connection, **rows[0])
        else:
            self._insert(rows)
        for record in records:
            if record.replaces and self.keeps_answers():
                self.connection.execute(self._row(record, 0).values(found=found_in_head(record)))

    @cached_property
    def _look(self) -> Prepared:
        columns = self.table.c
        is_under_way = sa.case((columns.state == sa.literal_column(f"'{INTENT}'"), 1), else_=0)
        mine = sa.and_(columns.version_table == self.version_table, columns.ordinal == 0)
        newest, cut = sa.func.max(columns.started_at), sa.func.max(is_under_way)
        return Prepared(sa.select(newest, cut, self._count_rules()).where(mine), self.connection)

    def _count_rules(self) -> sa.ColumnElement[Any]:
        """How many rules tables of these names have in any schema: WITH refuses most of them.

        PostgreSQL documentation, "Data-Modifying Statements in WITH" and CREATE RULE.
        """
        if self.connection.dialect.name != "postgresql":
            return sa.literal_column("0")
        rule = sa.table(
            "pg_rewrite", sa.column("ev_class"), sa.column("rulename"), schema="pg_catalog"
        )
        owner = sa.table("pg_class", sa.column("oid"), sa.column("relname"), schema="pg_catalog")
        is_ours = sa.or_(owner.c.relname == self.version_table, owner.c.relname == TABLE)
        return (
            sa.select(sa.func.count())
            .select_from(rule.join(owner, rule.c.ev_class == owner.c.oid))
            .where(is_ours, rule.c.rulename != "_RETURN")
            .scalar_subquery()
        )

    @cached_property
    def _add_head(self) -> Prepared:
        # Not the column that only statements have.
        columns = [column for column in self.table.c if column.name != "found"]
        values = {column.name: sa.bindparam(column.name, type_=column.type) for column in columns}
        return Prepared(sa.insert(self.table).inline().values(values), self.connection)

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
    """The journal beside a version table: in the schema in which that is."""
    return Journal(
        history.connection,
        version_table=history.name,
        schema=history.home,
    )
