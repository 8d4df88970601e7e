"""A squashed revision does what the old ones did, whoever runs it and wherever it begins."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.conftest import MakeDatabase
from tests.counts import DEEP
from tests.postgres import Server
from tests.squash.project import History, history, places

ServerOf = Callable[[Engine], Server | None]


SPANS = ("a1:g8", "b2:m7", "c3:g8", "base:c3")


@pytest.mark.parametrize(
    ("kind", "span"),
    [*(("sqlite", span) for span in SPANS[: 4 if DEEP else 2]), ("postgresql", "a1:g8")],
)
def test_both_ways_make_the_same_database(
    tmp_path: Path, kind: str, span: str, make_database: MakeDatabase, server_of: ServerOf
) -> None:
    """The old revisions and the squashed one leave the same schema and rows, up and down.

    But for PostgreSQL's enums, which the old ones leave behind when they are undone.
    """
    whole = history(tmp_path / "migrations", make_database(kind))
    other = whole.on(make_database(whole.engine.dialect.name))
    whole.to()
    wanted = whole.seen(server_of(whole.engine))
    whole.back()
    gone = whole.seen(server_of(whole.engine))
    made = whole.squash(span)
    assert made.path is not None
    assert made.path.exists()
    other.to()
    assert other.seen(server_of(other.engine)) == wanted
    assert other.complaints() == []
    other.back()
    schema, rows = other.seen(server_of(other.engine))
    assert dict.fromkeys(schema) == {
        name: None for name in gone[0] if not name.startswith("CREATE TYPE")
    }
    assert rows == gone[1]


@pytest.mark.parametrize("span", SPANS if DEEP else SPANS[1:2])
def test_a_database_at_any_point_goes_on(
    on_sqlite: History, span: str, make_database: MakeDatabase
) -> None:
    """Wherever a database is when its files are squashed, it ends at the same head and base."""
    at = []
    for rows in places():
        there = on_sqlite.on(make_database("sqlite"))
        for row in rows:
            there.to(row)
        at.append(there)
    at[-1].to()
    wanted = at[-1].seen(None)
    on_sqlite.squash(span)
    for number, (rows, there) in enumerate(zip(places(), at, strict=True)):
        assert there.rows() == set(rows)
        assert there.complaints() == [], rows
        there.to()
        assert there.rows() == {"h9"}
        assert there.seen(None) == wanted, rows
        assert there.complaints() == [], rows
        if number % 4 and not DEEP:
            continue
        there.back()
        assert there.rows() == set()
        assert there.complaints() == [], rows
        there.to()
        assert there.seen(None) == wanted, rows


def test_a_database_in_the_middle_goes_back(on_sqlite: History) -> None:
    """A database in the middle goes down along the old files, and then up by the new."""
    on_sqlite.to("e5")
    on_sqlite.squash("b2:m7")
    on_sqlite.back("c3")
    assert on_sqlite.rows() == {"c3"}
    on_sqlite.back("-1")
    on_sqlite.back("-1")
    assert on_sqlite.rows() == {"a1"}
    assert on_sqlite.complaints() == []
    on_sqlite.to("m7")
    assert on_sqlite.rows() == {"m7"}


def test_on_postgresql_too(
    postgresql_engine: Engine, make_database: MakeDatabase, tmp_path: Path, server_of: ServerOf
) -> None:
    """On PostgreSQL as well a database in the middle ends as one that was never squashed."""
    whole = history(tmp_path / "migrations", postgresql_engine)
    old = whole.on(make_database("postgresql"))
    whole.to("e5")
    old.to()
    whole.squash("a1:g8")
    whole.to()
    assert whole.seen(server_of(whole.engine)) == old.seen(server_of(old.engine))
    assert whole.complaints() == []


def test_squashed_again(on_sqlite: History, make_database: MakeDatabase) -> None:
    """What was squashed can be squashed with others, and a database inside of all goes on."""
    inside = on_sqlite.on(make_database("sqlite"))
    inside.to("b2")
    between = on_sqlite.on(make_database("sqlite"))
    between.to("m7")
    on_sqlite.squash("b2:c3")
    later = on_sqlite.on(make_database("sqlite"))
    later.to("e5")
    on_sqlite.squash("a1:g8")
    on_sqlite.to()
    wanted = on_sqlite.seen(None)
    for there in (inside, between, later):
        assert there.complaints() == []
        there.to()
        assert there.seen(None) == wanted
        assert there.complaints() == []
        there.back()
    shutil.rmtree(on_sqlite.folder / "replaced")
    inside.to()
    assert inside.seen(None) == wanted
