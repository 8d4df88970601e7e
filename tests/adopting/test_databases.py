"""The databases of an adopted project, beside its files."""

from __future__ import annotations

import threading
import tomllib
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

import flaskmig
from flaskmig.engine.commands import Adopted
from flaskmig.errors import FlaskmigError, LockTimeoutError
from tests.adopting.adopted import adopt, content_of
from tests.adopting.conftest import MULTI, SINGLE
from tests.adopting.shop import Shop
from tests.conftest import MakeDatabase


def test_unknown_row(single: Shop) -> None:
    """A database at a revision that no file has is told of, and nothing is changed."""
    single.execute("UPDATE alembic_version SET version_num = 'deadbeef0000'")
    before, content = single.files(), content_of(single)
    found = adopt(single)
    assert not found.is_possible
    assert not found.is_carried_out
    assert "'deadbeef0000', which no file has" in found.problems[0]
    assert (single.files(), content_of(single)) == (before, content)


def test_empty_database(tmp_path: Path, sqlite_engine: sa.Engine) -> None:
    """A database without a version table gets none, and neither a journal."""
    shop = SINGLE.start(tmp_path, {"": sqlite_engine}, None)
    found = adopt(shop)
    assert found.is_carried_out
    assert [each.kind for each in found.changes] == ["options"]
    assert shop.tables() == set()
    with shop.ours():
        flaskmig.upgrade()
    assert shop.rows() == ["8a1b2c3d4e5f"]


def test_half_done(single: Shop) -> None:
    """While a revision is half done nothing is adopted."""
    adopt(single)
    single.execute("UPDATE flaskmig_journal SET state = 'intent' WHERE revision = '6a1b2c3d4e5f'")
    found = adopt(single, rewrite=True)
    assert not found.is_possible
    assert "6a1b2c3d4e5f" in found.problems[0]
    assert not any(b"from flaskmig" in content for content in single.files().values())


def test_database_that_does_not_answer(tmp_path: Path, sqlite_engine: sa.Engine) -> None:
    """Where a database cannot be reached nothing is changed, and the error says which."""
    shop = SINGLE.start(tmp_path, {"": sqlite_engine}, SINGLE.middle)
    before = shop.files()
    gone = sa.create_engine(f"sqlite:///{tmp_path}/no/such/folder.db")
    shop.engines = {"": gone}
    with pytest.raises(FlaskmigError, match=r"folder\.db"):
        adopt(shop)
    assert shop.files() == before


def test_database_that_is_locked(tmp_path: Path, make_database: MakeDatabase) -> None:
    """Where one database is kept busy nothing is written to a file; a second try does the rest."""
    engines = {bind: make_database("sqlite") for bind in ("", "logs")}
    shop = MULTI.start(tmp_path, engines, MULTI.middle)
    before = shop.files()
    with engines["logs"].connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        with shop.ours(), pytest.raises(LockTimeoutError):
            flaskmig.adopt(lock_wait=0.1)
        connection.rollback()
    assert shop.files() == before
    assert "flaskmig_journal" not in shop.tables("logs")
    assert adopt(shop).is_carried_out
    assert [len(shop.journal(bind)) for bind in ("", "logs")] == [1, 1]


def test_several_at_once(single: Shop) -> None:
    """Two that adopt at the same time record each revision once, and leave one set of options."""
    meeting = threading.Barrier(2, timeout=60)
    failures: list[BaseException] = []

    def wait(found: Adopted) -> bool:
        meeting.wait()
        return True

    def run(app: Flask) -> None:
        try:
            with app.app_context():
                assert flaskmig.adopt(agree=wait).is_carried_out
        except BaseException as error:
            failures.append(error)

    with single.ours() as app:
        threads = [threading.Thread(target=run, args=(app,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
    assert failures == []
    assert len(single.journal()) == 3
    assert (single.migrations / "flaskmig.toml").read_text() == 'write_for = "alembic"\n'


def test_each_database(tmp_path: Path, engines: dict[str, sa.Engine]) -> None:
    """Several databases are recorded each where it is; that all are managed is written down."""
    shop = MULTI.start(tmp_path, engines, MULTI.middle)
    shop.execute("UPDATE alembic_version SET version_num = '22aa22bb33cc'", bind="logs")
    found = adopt(shop)
    assert found.is_carried_out
    assert [(each.bind, each.at) for each in found.databases] == [
        ("", ("11aa22bb33cc",)),
        ("logs", ("22aa22bb33cc",)),
    ]
    assert [len(shop.journal(bind)) for bind in ("", "logs")] == [1, 2]
    assert tomllib.loads((shop.migrations / "flaskmig.toml").read_text()) == {
        "binds": "all",
        "write_for": "alembic",
    }


def test_several_databases_without_adopting(tmp_path: Path, engines: dict[str, sa.Engine]) -> None:
    """With only the import changed every bind is upgraded, as Flask-Migrate does."""
    shop = MULTI.start(tmp_path, engines, MULTI.middle)
    with shop.ours():
        assert [each.bind for each in flaskmig.upgrade()] == ["", "logs"]
        assert [each.bind for each in flaskmig.current()] == ["", "logs"]
    with shop.ours(binds=[None]):
        assert [each.bind for each in flaskmig.current()] == [""]
