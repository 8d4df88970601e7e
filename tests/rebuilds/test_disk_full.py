"""A disk that is full stops a revision: the old state stays, and the same command works later."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from flaskmig.errors import ExecutionError
from tests.counts import SEED, rounds
from tests.execute.chain import Chain
from tests.postgres import Server, start_server
from tests.rebuilds.database import JOURNALS, made
from tests.rebuilds.judge import Look, look
from tests.rebuilds.small_disks import (
    SmallFiles,
    SmallTablespace,
    can_mount,
    in_child,
    mounted,
    resize,
)

_SQL = """
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER, s TEXT);
CREATE TABLE child (t_id INTEGER REFERENCES t ON DELETE CASCADE);
CREATE INDEX t_n ON t (n);
WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 6000)
INSERT INTO t SELECT x, x * 7 % 1000, printf('%0200d', x) FROM c;
INSERT INTO child SELECT id FROM t;
"""
BODIES = (
    "op.alter_column('t', 'n', nullable=False)",
    "op.create_check_constraint('c', 't', 'n >= 0')\nop.create_index('t_s', 't', ['s'])",
    "op.create_index('t_s', 't', ['s', 'n'], unique=True)",
    "op.add_column('t', sa.Column('k', sa.Text()))\nop.execute('UPDATE t SET k = s || s || s')",
    "op.create_table('u', sa.Column('s', sa.Text()))\nop.execute('INSERT INTO u SELECT s FROM t')",
)
ROUNDS = rounds(8, 44)
ROOM = "make room"


def chain_on(path: Path, folder: Path, body: str, pages: int | None = None) -> Chain:
    """A project with one revision on the file, which may have so many pages."""
    engine = sa.create_engine(f"sqlite:///{path}")

    @sa.event.listens_for(engine, "connect")
    def connect(raw: sqlite3.Connection, _: object) -> None:
        raw.execute("PRAGMA foreign_keys = ON")
        if pages is not None:
            raw.execute(f"PRAGMA max_page_count = {pages}")

    chain = Chain(folder, engine)
    chain.add("a1", body)
    return chain


def refused(chain: Chain) -> str:
    """The upgrade's error, with its hint."""
    with pytest.raises(ExecutionError) as caught:
        chain.upgrade()
    chain.engine.dispose()
    return f"{caught.value.message}\n{caught.value.hint}"


def seen(path: Path) -> Look:
    raw = sqlite3.connect(path)
    try:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return look(raw)
    finally:
        raw.close()


@pytest.mark.parametrize("number", range(ROUNDS))
def test_sqlite(tmp_path: Path, number: int) -> None:
    """Whichever page does not fit any more, all is as before, and with room it goes through."""
    chance = random.Random(f"{SEED} {number}")
    again = f"round {number} of SEED={SEED}: FLASKMIG_SEED={SEED} pytest -k 'test_sqlite[{number}]'"
    body, journal = BODIES[number % len(BODIES)], JOURNALS[chance.randrange(2)]
    place = ["pages", "file", "mount"][number % (3 if can_mount(tmp_path) else 2)]
    # The file of the log is another one, with a limit of its own.
    path = made(tmp_path, _SQL, "delete" if place == "file" else journal)
    whole = tmp_path / "whole.sqlite"
    shutil.copy(path, whole)
    chain_on(whole, tmp_path / "whole", body).upgrade()
    before, wanted = seen(path), seen(whole)
    sizes = path.stat().st_size, whole.stat().st_size
    size = sizes[0] + int((sizes[1] - sizes[0]) * chance.uniform(0.05, 0.8)) // 4096 * 4096
    with ExitStack() as stack:
        match place:
            case "pages":
                told = refused(chain_on(path, tmp_path / "m", body, size // 4096))
            case "file":
                limited = chain_on(path, tmp_path / "m", body)
                told = in_child(lambda: refused(limited), file_size=size)
            case _:
                disk = tmp_path / "disk"
                disk.mkdir()
                stack.enter_context(mounted(disk, 64 << 20))
                path = Path(shutil.copy(path, disk / "database.sqlite"))
                resize(disk, size)
                told = refused(chain_on(path, tmp_path / "m", body))
                assert seen(path) == before, again
                resize(disk, 64 << 20)
        said = ("disk is full", "disk I/O error") if place == "file" else ("disk is full",)
        assert any(words in told for words in said), (again, told)
        assert ROOM in told, (again, told)
        assert seen(path) == before, again
        last = chain_on(path, tmp_path / "m", body)
        assert last.rows() == frozenset()
        assert [each.revision for each in last.upgrade()] == ["a1"]
        last.engine.dispose()
        assert seen(path) == wanted, again


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that nobody else uses."""
    with start_server() as started:
        yield started


@pytest.mark.parametrize("kind", ["limit", "tablespace"])
def test_postgresql(tmp_path: Path, server: Server, kind: str) -> None:
    """A table that does not fit is rolled back; with room the same upgrade works."""
    engine = sa.create_engine(server.url())
    chain = Chain(tmp_path / "m", engine)
    small = SmallTablespace if kind == "tablespace" and can_mount(tmp_path) else SmallFiles
    with small(server) as place:
        run(engine, *place.made, f"CREATE TABLE t (id integer, s varchar) {place.clause}")
        run(
            engine,
            "INSERT INTO t SELECT n, repeat(md5(n::text), 30) FROM generate_series(1, 12000) n",
            "CHECKPOINT",
        )
        chain.add(
            "a1",
            "op.create_table('u', sa.Column('id', sa.Integer()))\n"
            "op.alter_column('t', 's', type_=sa.Text(), using='s || s')",
        )
        rows = "SELECT count(*), sum(id), md5(string_agg(left(s, 960), '' ORDER BY id)) FROM t"
        columns = "SELECT attname, atttypid::regtype::text FROM pg_attribute WHERE attnum > 0 AND "
        columns += "attrelid = 't'::regclass ORDER BY attnum"
        before = chain.query(rows), chain.query(columns)
        engine.dispose()
        place.shrink()
        for _ in range(rounds(2, 6)):
            told = refused(chain)
            assert ROOM in told, told
            assert (chain.query(rows), chain.query(columns)) == before
            assert chain.tables() == {"t"}
            engine.dispose()
        place.grow()
        assert [each.revision for each in chain.upgrade()] == ["a1"]
        assert chain.query(rows) == before[0]
        assert chain.query(columns) == [("id", "integer"), ("s", "text")]
        run(engine, "DROP TABLE t", "CHECKPOINT", *place.dropped)
        engine.dispose()


def run(engine: sa.Engine, *statements: str) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
