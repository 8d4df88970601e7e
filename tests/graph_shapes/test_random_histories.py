"""Upgrades, downgrades and stamps to anywhere, by either tool: the rows are those of Alembic."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.util import CommandError

import flaskmig
from flaskmig.errors import FlaskmigError
from tests.counts import SEED, rounds
from tests.databases import postgresql_database
from tests.going_back import peer
from tests.graph_shapes import made
from tests.postgres import Server

MOVES = 7


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("number", range(rounds(12, 400)))
def test_rows_after_each_move(number: int, tmp_path: Path) -> None:
    """Whichever tool makes each move, the version table is what Alembic alone makes of it."""
    engines = [sa.create_engine(f"sqlite:///{tmp_path / name}.db") for name in ("one", "two")]
    _go(random.Random(f"{SEED} shapes {number}"), tmp_path / "m", engines[0], engines[1])


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("number", range(rounds(1, 40)))
def test_rows_on_postgresql(number: int, postgresql_server: Server, tmp_path: Path) -> None:
    """The same on PostgreSQL, whose column has to be widened for ids longer than 32."""
    with (
        postgresql_database(postgresql_server) as ours,
        postgresql_database(postgresql_server) as theirs,
    ):
        with theirs.begin() as connection:
            # Alembic itself cannot store long ids; the name of the key is the one that it gives.
            connection.exec_driver_sql(
                "CREATE TABLE alembic_version (version_num VARCHAR(255) NOT NULL, "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
        source = random.Random(f"{SEED} shapes on pg {number}")
        _go(source, tmp_path / "m", ours, theirs, alternates=False)


def _go(
    source: random.Random,
    directory: Path,
    ours: sa.Engine,
    theirs: sa.Engine,
    *,
    alternates: bool = True,
) -> None:
    """``ours`` is moved by either tool, ``theirs`` by Alembic alone."""
    files = made.random_files(source, source.randrange(4, 16))
    made.write(files, directory)
    folders = made.locations(directory)
    app = made.application(directory, ours, version_locations=folders)
    scripts = peer.scripts_of(
        directory, version_locations="\n".join(folders), path_separator="newline"
    )
    told = ""
    for _ in range(MOVES):
        way, target = _move(source, files)
        by_us = not alternates or source.random() < 0.6
        told += f"\n{way} {target} by {'us' if by_us else 'alembic'}: {_rows(theirs)}"
        try:
            with _refusal() as refused:
                peer.run(theirs, scripts, way, target)
        except KeyError:
            # Alembic's own fault: it loses count of its rows where dependencies imply some.
            return
        if (way, target) == ("stamp", "heads") and _applied(files, theirs) != _all(files):
            # Another one: a head is left out where a merge joins rows of which one implies another.
            return
        with _refusal() as ours_refused, app.app_context():
            if by_us:
                getattr(flaskmig, way)(revision=target)
            else:
                # Else flaskmig would say that it did not undo what Alembic undoes.
                flaskmig.leave()
                peer.run(ours, scripts, way, target)
        shown = "\n".join(map(str, files)) + told
        assert bool(refused) == bool(ours_refused), f"{shown}: {refused} {ours_refused}"
        assert _applied(files, ours) == _applied(files, theirs), shown
        assert set(_rows(ours)) <= set(_rows(theirs)), shown


def _all(files: list[made.File]) -> set[str]:
    return {file.id for file in files}


def _applied(files: list[made.File], engine: sa.Engine) -> set[str]:
    """What the rows stand for: Alembic leaves some that others imply."""
    return made.below(files, tuple(_rows(engine)))


def _move(source: random.Random, files: list[made.File]) -> tuple[peer.Way, str]:
    ids = [file.id for file in files]
    labels = [file.label for file in files if file.label]
    way: peer.Way = source.choice(["upgrade", "upgrade", "upgrade", "downgrade", "stamp"])
    somewhere = source.choice(ids)
    if way == "upgrade":
        words = ["heads", "heads", somewhere, "+1", *(f"{label}@head" for label in labels)]
    elif way == "downgrade":
        words = ["base", somewhere, somewhere]
    else:
        words = ["heads", "base", somewhere, somewhere]
    return way, source.choice(words)


@contextmanager
def _refusal() -> Iterator[list[str]]:
    """What the command said where it failed."""
    said: list[str] = []
    try:
        yield said
    except (CommandError, FlaskmigError) as error:
        said.append(str(error))


def _has_table(engine: sa.Engine) -> bool:
    return sa.inspect(engine).has_table("alembic_version")


def _rows(engine: sa.Engine) -> list[str]:
    return peer.rows_of(engine) if _has_table(engine) else []
