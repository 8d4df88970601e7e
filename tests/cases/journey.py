"""One case on one database: there and back, by the commands that people use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from pprint import pformat
from zlib import crc32

import pytest
import sqlalchemy as sa
from flask import Flask

import flaskmig
from flaskmig import engine as flaskmig_engine
from flaskmig.engine.commands import Written
from flaskmig.engine.migrating.events import Event, Notify, StatementRun
from flaskmig.errors import FlaskmigError
from flaskmig.operations import Operation, RenameColumn, RenameTable
from tests.cases import rows
from tests.cases.bench import Bench, run_script
from tests.cases.case import Case
from tests.cases.expected import Expected
from tests.counts import DEEP

BEFORE, AFTER = "before", "after"
_CAST = re.compile(r'::"?\w+"?(\[\])?')
_PROVEN_SHARE = 4
_DATE = re.compile(r"^Create Date: .*$", re.M)

Cells = dict[str, list[str]]


@dataclass
class Journey:
    """The five proofs: the diff, the file, the SQL, upgrade and downgrade with rows in."""

    case: Case
    bench: Bench
    expected: Expected
    folder: Path

    def go(self) -> None:
        """Prove it; an assertion says what does not hold."""
        database = self.bench.name
        setup, beside = (self.case.script(name, database) for name in ("setup", "beside"))
        peers = {
            side: self.bench.made_by_create_all(self.case.models(side), setup, beside)
            for side in (BEFORE, AFTER)
        }
        self._is_no_difference()
        self._start(setup, beside)
        self._compare("before", peers[BEFORE])
        self._fill()
        with self._refusing("migrate", peers[BEFORE]):
            self._there_and_back(peers, self._write())

    def _is_no_difference(self) -> None:
        """What create_all made last, of the models after, does not differ from them."""
        if "upgrade" not in self._reasons:
            left = self._difference(self.case.models(AFTER), self.bench.peer)
            assert left == "", "models differ from what create_all makes of them"

    def _difference(self, metadata: sa.MetaData, engine: sa.Engine) -> str:
        options = self.case.on(self.case.options, self.bench.name)
        if self.case.script("beside", self.bench.name) is not None:
            # What stands beside is no revision's.
            options["managed"] = {*metadata.tables, *self.case.models(BEFORE).tables}
        with engine.connect() as connection:
            return str(flaskmig_engine.diff(metadata, connection, **options))

    def _there_and_back(self, peers: Mapping[str, object], written: Written) -> None:
        operations = written.differences[0].operations
        if written.path is None:
            self._compare("upgrade", peers[AFTER])
            return
        there, back = self._cells_to_come(operations)
        with self._refusing("upgrade", peers[BEFORE]):
            self._run("upgrade", lambda notify: flaskmig.upgrade(notify=notify))
            self._arrived(AFTER, "upgrade", peers[AFTER], there)
            with self._refusing("downgrade", peers[AFTER]):
                self._run("downgrade", lambda notify: flaskmig.downgrade(notify=notify))
                self._arrived(BEFORE, "downgrade", peers[BEFORE], back)

    @contextmanager
    def _refusing(self, command: str, peer: object) -> Iterator[None]:
        """Where the case says so, the command fails, with these words, and changes nothing."""
        if self.case.refuses != command:
            yield
            return
        with pytest.raises(FlaskmigError) as refusal:
            yield
        words = f"{refusal.value.message}\n{refusal.value.hint}\n"
        self.expected.check("refused.txt", words.replace(f"{self.folder}/", ""))
        self._compare("refusal", peer)

    @contextmanager
    def _project(self, side: str) -> Iterator[sa.MetaData]:
        """An application that has the models of that side."""
        metadata = self.case.models(side)
        app = Flask("case")
        flaskmig.Migrate(
            app,
            metadata=metadata,
            engine=self.bench.work,
            directory=str(self.folder / "migrations"),
            **self.case.on(self.case.options, self.bench.name),
        )
        with app.app_context():
            yield metadata

    def _start(self, setup: str | None, beside: str | None) -> None:
        """A project that has the models before, by a revision of its own."""
        with self.bench.work.begin() as connection:
            run_script(connection, setup)
        with self._project(BEFORE):
            flaskmig.init()
            # Not tried before it is written: what it makes is compared right after it ran.
            flaskmig.migrate(message=BEFORE, rev_id=BEFORE, verify=False)
            flaskmig.upgrade()
        with self.bench.work.begin() as connection:
            run_script(connection, beside)

    def _fill(self) -> None:
        script = self.case.script("rows", self.bench.name)
        with self.bench.work.begin() as connection:
            if script is not None:
                run_script(connection, script)
            else:
                before, after = (self.case.models(side) for side in (BEFORE, AFTER))
                rows.fill(connection, before, after, set(self._backfill))
        self.bench.work.dispose()

    @property
    def _backfill(self) -> dict[str, str]:
        return self.case.on(self.case.backfill, self.bench.name)

    def _write(self) -> Written:
        """Proofs of the diff and of the file."""
        with self._project(AFTER):
            written = flaskmig.migrate(
                message=self.case.name.replace("/", ": ").replace("_", " "),
                rev_id=AFTER,
                renames=self.case.rename,
                no_rename=self.case.no_rename,
                backfills=[f"{column}={sql}" for column, sql in self._backfill.items()],
                verify=self._is_proven,
            )
        [difference] = written.differences
        lines = [*map(str, difference.operations), *(f"# {note}" for note in difference.notes)]
        self.expected.check("operations.txt", "".join(f"{line}\n" for line in lines))
        if written.path is not None:
            text = _DATE.sub("Create Date: 2024-02-29 00:00:00.000000", written.path.read_text())
            self.expected.check("revision.py", text)
        return written

    @property
    def _is_proven(self) -> bool:
        """Whether `migrate` tries the file too: each is run below, and a database takes a while."""
        if self.bench.name == "sqlite" or DEEP or self.expected.updates:
            return True
        # What is refused may be so because of the trial.
        is_refused = self.expected.has("refused.txt")
        return is_refused or crc32(self.case.name.encode()) % _PROVEN_SHARE == 0

    def _run(self, way: str, command: Callable[[Notify], object]) -> None:
        """Run the file; the proof of the SQL."""
        ran: list[str] = []

        def notify(event: Event) -> None:
            if isinstance(event, StatementRun):
                ran.append(event.sql)

        with self._project(AFTER):
            planned = self._planned() if way == "upgrade" else None
            command(notify)
        if planned is not None:
            # What a plan carries forward is spelled as the file has it, not as the database does.
            ours, theirs = ([_CAST.sub("", sql) for sql in each] for each in (ran, planned))
            lines = unified_diff(theirs, ours, "plan", "upgrade", n=0, lineterm="")
            assert theirs == ours, "\n".join(lines)
        self.expected.check(f"{way}.sql", "".join(f"{sql.rstrip().rstrip(';')};\n" for sql in ran))

    def _planned(self) -> list[str]:
        [planned] = flaskmig.plan()
        return [statement.sql for statement in planned.plan.statements]

    def _arrived(self, side: str, way: str, peer: object, cells: Cells) -> None:
        """No difference is left, the database is as it should be, and so is every cell."""
        self._compare(way, peer)
        with self._project(side) as metadata, self.bench.work.connect() as connection:
            left = self._difference(metadata, self.bench.work)
            assert left == "", f"after the {way} there is still a difference"
            found = {table: _read(connection, table, names) for table, names in self._wanted[way]}
        assert found == cells, f"after the {way} cells hold something else:\n{found}\n{cells}"

    @property
    def _reasons(self) -> dict[str, str]:
        return self.case.on(self.case.unlike, self.bench.name)

    def _compare(self, way: str, peer: object) -> None:
        reason = self._reasons.get(way)
        if reason is None:
            assert not self._unlike(peer), self._shown(way, peer)
        else:
            assert self._unlike(peer), f"it is as create_all makes it: remove {reason!r}"

    def _unlike(self, peer: object) -> bool:
        return self.bench.catalogue(self.bench.work) != peer

    def _shown(self, way: str, peer: object) -> str:
        ours = pformat(self.bench.catalogue(self.bench.work), width=160).splitlines()
        theirs = pformat(peer, width=160).splitlines()
        lines = unified_diff(theirs, ours, "create_all", f"after the {way}", n=0, lineterm="")
        return "\n".join(lines)

    def _cells_to_come(self, operations: Sequence[Operation]) -> tuple[Cells, Cells]:
        """What the cells on both sides must hold after the upgrade, and after the downgrade."""
        before, after = (self.case.models(side) for side in (BEFORE, AFTER))
        renames = _Renames.of(operations)
        becomes = self.case.on(self.case.becomes, self.bench.name)
        returns = self.case.on(self.case.returns, self.bench.name)
        quote = self.bench.work.dialect.identifier_preparer.quote
        self._wanted: dict[str, list[tuple[str, dict[str, str]]]] = {"upgrade": [], "downgrade": []}
        there: Cells = {}
        back: Cells = {}
        with self.bench.work.connect() as connection:
            for key, table in before.tables.items():
                other = after.tables.get(renames.table(key))
                if other is None:
                    continue
                kept = [
                    (name, renames.column(key, name))
                    for name in rows.kept_columns(table)
                    if renames.column(key, name) in set(rows.kept_columns(other))
                ]
                here, away = self._address(table), self._address(other)
                sure = [name for name, _ in kept if f"{key}.{name}" not in self.case.lossy]
                self._wanted["upgrade"].append((away, {n: quote(m) for n, m in kept}))
                self._wanted["downgrade"].append((here, {n: quote(n) for n in sure}))
                come = {n: becomes.get(f"{key}.{n}", quote(n)) for n, _ in kept}
                there[away] = _read(connection, here, come)
                come = {n: returns.get(f"{key}.{n}", quote(n)) for n in sure}
                back[here] = _read(connection, here, come)
        return there, back

    def _address(self, table: sa.Table) -> str:
        return self.bench.work.dialect.identifier_preparer.format_table(table)


def _read(connection: sa.Connection, table: str, cells: Mapping[str, str]) -> list[str]:
    return rows.values(connection, table, dict(cells))


@dataclass
class _Renames:
    tables: dict[str, str]
    columns: dict[tuple[str, str], str]

    @classmethod
    def of(cls, operations: Sequence[Operation]) -> _Renames:
        tables: dict[str, str] = {}
        columns: dict[tuple[str, str], str] = {}
        for operation in operations:
            match operation:
                case RenameTable():
                    tables[str(operation.before)] = str(operation.after)
                case RenameColumn():
                    columns[str(operation.table), operation.before] = operation.after
                case _:
                    pass
        return cls(tables, columns)

    def table(self, key: str) -> str:
        return self.tables.get(key, key)

    def column(self, key: str, name: str) -> str:
        """The column's name after; an operation may name the table by either of its names."""
        for table in (key, self.table(key)):
            if (table, name) in self.columns:
                return self.columns[table, name]
        return name
