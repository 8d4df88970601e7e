"""A rebuild of a million rows takes no memory for them, and loses none."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.counts import DEEP
from tests.rebuilds.database import JOURNALS, made

ROWS = 10_000_000 if DEEP else 1_000_000
ALLOWED = 150 << 20
_SQL = """
CREATE TABLE small (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT, s TEXT, r REAL, b BLOB);
CREATE INDEX t_s ON t (s);
CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER NOT NULL REFERENCES t ON DELETE CASCADE);
WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < {rows})
INSERT INTO t SELECT x, x * 7919 % 100003, 'row ' || x % 5000, x / 3.0,
    CAST(x % 97 AS BLOB) FROM c;
INSERT INTO child SELECT id, id FROM t WHERE id % 100 = 0;
DELETE FROM t WHERE id = (SELECT max(id) FROM t) AND id % 100 <> 0;
CREATE VIEW v AS SELECT count(*) AS number FROM t;
"""


@pytest.mark.parametrize("journal", JOURNALS if DEEP else JOURNALS[:1])
def test_memory_and_rows(tmp_path: Path, journal: str) -> None:
    """Memory stays under 150 MB above idle; counts and checksums of all cells are equal."""
    path = made(tmp_path, "PRAGMA synchronous = OFF;" + _SQL.format(rows=ROWS), journal)
    before = sums(path, "CAST(n AS INTEGER)")
    told = subprocess.run(
        [sys.executable, "-m", "tests.rebuilds.many_rows", str(path), str(tmp_path / "m")],
        capture_output=True,
        text=True,
        env=os.environ,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    idle, most = map(int, told.stdout.split())
    assert most - idle < ALLOWED, f"{(most - idle) >> 20} MB for {ROWS} rows"
    assert sums(path, "n") == before
    raw = sqlite3.connect(path)
    kinds = raw.execute("SELECT DISTINCT typeof(n), typeof(extra), extra FROM t").fetchall()
    assert kinds == [("integer", "integer", 42)]
    assert raw.execute("SELECT seq FROM sqlite_sequence WHERE name = 't'").fetchall() == [(ROWS,)]
    assert raw.execute("SELECT number FROM v").fetchall() == [(before[0],)]
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()


def sums(path: Path, number: str) -> tuple[int, int, str]:
    """How many rows and children there are, and a digest of every cell in the order of rows."""
    raw = sqlite3.connect(path)
    digest = hashlib.blake2b()
    count = 0
    query = f"SELECT id || '|' || quote({number}) || '|' || quote(s) || '|' || quote(r) || '|' || "
    for (row,) in raw.execute(query + "quote(b) FROM t ORDER BY id"):
        digest.update(row.encode())
        count += 1
    [(children,)] = raw.execute("SELECT count(*) FROM child")
    raw.close()
    return count, children, digest.hexdigest()
