"""Every change of one thing in the models is seen, made, written as a file, and undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from flaskmig import engine
from flaskmig.engine.rendering.render import render
from tests.conftest import MakeDatabase
from tests.diff.changes import CHANGES, Change
from tests.execute.chain import Chain


def cases() -> Iterator[Any]:
    for change in CHANGES:
        for database in change.databases:
            yield pytest.param(change, database, id=f"{change.name}-{database}")


@pytest.mark.parametrize(("change", "database"), list(cases()))
def test_change_is_seen_made_and_undone(
    change: Change, database: str, make_database: MakeDatabase
) -> None:
    """A change gives operations that say it; applied nothing differs; reversed it is undone."""
    bind = make_database(database)
    change.metadata("before").create_all(bind)
    after = change.metadata("after")

    with bind.connect() as connection:
        difference = engine.diff(after, connection)
        assert difference
        assert change.words in str(difference)
        engine.apply(difference, connection)
    assert_same(after, bind)

    with bind.connect() as connection:
        engine.apply(difference.reverse(), connection)
    assert_same(change.metadata("before"), bind)


@pytest.mark.parametrize(("change", "database"), list(cases()))
def test_change_as_a_file(
    change: Change, database: str, make_database: MakeDatabase, tmp_path: Path
) -> None:
    """The rendered calls, run from a revision file, make the change and take it back."""
    bind = make_database(database)
    change.metadata("before").create_all(bind)
    after = change.metadata("after")
    difference = engine.diff(after, bind)
    forward = render(difference.operations, dialect=database)
    back = render(difference.reverse().operations, dialect=database)
    chain = Chain(tmp_path, bind)
    imports = "\n".join((*forward.imports, *back.imports))
    chain.add("a", "\n".join(forward.lines), "\n".join(back.lines), before=imports)

    chain.upgrade()
    assert_same(after, bind)
    chain.downgrade()
    assert_same(change.metadata("before"), bind)


def assert_same(metadata: sa.MetaData, bind: sa.Engine) -> None:
    assert str(engine.diff(metadata, bind)) == ""
