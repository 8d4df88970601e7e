"""`flask db leave`: what it takes away, what it lists, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import flaskmig
from flaskmig.engine.files.ties import ties
from flaskmig.errors import InterruptedRevisionError
from tests.going_back import peer

HEADER = 'revision = "a1"\ndown_revision = None\n\n\n'
PORTABLE = (
    f"from alembic import op\n\n{HEADER}def upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n"
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    found = sa.create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    yield found
    found.dispose()


@contextmanager
def application(folder: Path, engine: sa.Engine, text: str, **options: Any) -> Iterator[Flask]:
    """A project with one revision file."""
    versions = folder / "m" / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    (versions / "a1.py").write_text(text)
    app = Flask("leaving")
    flaskmig.Migrate(
        app, metadata=sa.MetaData(), engine=engine, directory=str(folder / "m"), **options
    )
    with app.app_context():
        yield app


def tables(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def test_the_journal_goes(tmp_path: Path, engine: sa.Engine) -> None:
    """The journal is gone, the version table is as it was, and a second time nothing is to do."""
    with application(tmp_path, engine, PORTABLE):
        flaskmig.upgrade()
        assert tables(engine) == {"alembic_version", "flaskmig_journal"}
        done = flaskmig.leave()
        assert (done.is_done, done.removed, done.ties) == (True, ("",), ())
        assert tables(engine) == {"alembic_version"}
        assert peer.rows_of(engine) == ["a1"]
        assert flaskmig.leave().removed == ()
        # flaskmig itself goes on, too.
        flaskmig.downgrade()
        flaskmig.upgrade()
    assert peer.rows_of(engine) == ["a1"]


def test_nothing_is_made(tmp_path: Path, engine: sa.Engine) -> None:
    """Leaving a database that nothing was ever run on makes no table there."""
    with application(tmp_path, engine, PORTABLE):
        assert flaskmig.leave().is_done
    assert tables(engine) == set()


def test_the_journal_of_another_version_table_stays(tmp_path: Path, engine: sa.Engine) -> None:
    """Two histories share a journal in one schema: who leaves takes only the own records."""
    with application(tmp_path / "one", engine, PORTABLE):
        flaskmig.upgrade()
    with application(tmp_path / "two", engine, PORTABLE, version_table="others"):
        flaskmig.upgrade()
        assert flaskmig.leave().removed == ("",)
    with engine.connect() as connection:
        query = sa.text("SELECT DISTINCT version_table FROM flaskmig_journal")
        assert connection.execute(query).scalars().all() == ["alembic_version"]
    with application(tmp_path / "one", engine, PORTABLE):
        flaskmig.leave()
    assert "flaskmig_journal" not in tables(engine)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("from flaskmig import op", "from flaskmig import op"),
        ("import flaskmig.declare", "import flaskmig.declare"),
        ("op.create_view('v', 'SELECT 1')", "op.create_view()"),
        ("op.create_enum('mood', ['ok'])", "op.create_enum()"),
        ("op.add_column('t', None, backfill='1')", "op.add_column(backfill=…)"),
        ("op.drop_constraint(None, 't', columns=['a'])", "op.drop_constraint(columns=…)"),
        ("op.irreversible('why')", "op.irreversible()"),
        ("op.rename_table('a', 'b', new_schema='s')", "op.rename_table(new_schema=…)"),
    ],
)
def test_what_ties_a_file(line: str, told: str) -> None:
    """Imports of flaskmig, calls that Alembic lacks and keywords that it lacks are found."""
    text = f"from alembic import op\n\n{HEADER}def upgrade():\n    {line}\n"
    [tie] = ties(text.encode(), "a1.py")
    assert (tie.line, tie.text) == (8, told)


def test_what_ties_no_file() -> None:
    """What both tools have is no tie, however often the word flaskmig stands in comments."""
    text = (
        f"# by flaskmig\nfrom alembic import op\n{HEADER}def upgrade():\n"
        "    op.create_table('flaskmig_journal')\n"
        "    op.drop_constraint('a', 't', type_='unique')\n"
        "    op.add_column('t', None, schema='s')\n    op.execute('SELECT 1')\n"
    )
    assert ties(text.encode(), "a1.py") == ()


def test_files_that_cannot_go_back(tmp_path: Path, engine: sa.Engine) -> None:
    """With files that Alembic cannot run nothing is done, unless it is said with force."""
    text = PORTABLE.replace("alembic", "flaskmig")
    with application(tmp_path, engine, text):
        flaskmig.upgrade()
        refused = flaskmig.leave()
        assert not refused.is_done
        assert [tie.line for tie in refused.ties] == [1]
        assert "flaskmig_journal" in tables(engine)
        assert flaskmig.leave(force=True).is_done
    assert tables(engine) == {"alembic_version"}


def test_half_done_work(tmp_path: Path, engine: sa.Engine) -> None:
    """Where a revision was cut off nothing is taken away: only the journal knows how far it is."""
    text = (
        f"from alembic import op\n\n{HEADER}def upgrade():\n"
        "    op.execute('CREATE TABLE t (a INTEGER)')\n"
        "    with op.get_context().autocommit_block():\n"
        "        op.execute('VACUUM nowhere')\n"
    )
    with application(tmp_path, engine, text):
        with pytest.raises(flaskmig.FlaskmigError):
            flaskmig.upgrade()
        before = tables(engine)
        for force in (False, True):
            with pytest.raises(InterruptedRevisionError):
                flaskmig.leave(force=force)
    assert tables(engine) == before
    assert "flaskmig_journal" in before


def test_what_flask_migrate_will_need(tmp_path: Path, engine: sa.Engine) -> None:
    """Missing files of Flask-Migrate, and options that env.py has to say, are told."""
    with application(tmp_path, engine, PORTABLE, version_table="versions"):
        flaskmig.upgrade()
        notes = "\n".join(flaskmig.leave().notes)
    assert "env.py, alembic.ini, script.py.mako" in notes
    assert "version_table='versions'" in notes


def test_the_command(tmp_path: Path, engine: sa.Engine) -> None:
    """The command lists the files and ends with 1, and with --force it says what it did."""
    with application(tmp_path, engine, PORTABLE.replace("alembic", "flaskmig")) as app:
        flaskmig.upgrade()
        run = app.test_cli_runner()
        refused = run.invoke(args=["db", "leave"])
        assert refused.exit_code == 1
        assert "a1.py, line 1: from flaskmig import op" in refused.output
        assert "--force" in refused.output
        done = run.invoke(args=["db", "leave", "--force", "--json"])
        assert done.exit_code == 0
        said = json.loads(done.stdout)
        assert (said["done"], said["removed"]) == (True, ["default"])
        again = run.invoke(args=["db", "leave", "--force"])
        assert "Nothing to do" in again.output


def test_a_stamp_after_alembics_turn(tmp_path: Path, engine: sa.Engine) -> None:
    """Where Alembic went down and nobody left before, a stamp of what is there is the way on."""
    with application(tmp_path, engine, PORTABLE):
        second = PORTABLE.replace("None", '"a1"').replace(
            'revision = "a1"\n', 'revision = "b2"\n', 1
        )
        (tmp_path / "m" / "versions" / "b2.py").write_text(second)
        flaskmig.upgrade()
        peer.run(engine, peer.scripts_of(tmp_path / "m"), "downgrade", "a1")
        with pytest.raises(flaskmig.FlaskmigError, match="second time") as refused:
            flaskmig.upgrade()
        assert "`flask db stamp a1`" in refused.value.hint
        flaskmig.stamp(revision="a1")
        flaskmig.upgrade()
    assert peer.rows_of(engine) == ["b2"]
