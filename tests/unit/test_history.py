"""The version table's rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from flaskmig.dialects import dialect_named
from flaskmig.engine.records.history import History
from flaskmig.errors import HistoryError


@pytest.fixture
def history() -> Iterator[History]:
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        yield History(connection, dialect_named("sqlite"))
    engine.dispose()


def rows(connection: Connection) -> set[str]:
    return set(connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars())


def test_reading_makes_nothing(history: History) -> None:
    """A database without a version table is at no revision, and stays without one."""
    assert history.rows() == frozenset()
    assert not history.exists()


def test_ensure_twice(history: History) -> None:
    """Making the table where it is there changes nothing."""
    history.ensure()
    history.replace((), ("a",))
    history.forget()
    history.ensure()
    assert history.rows() == {"a"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((), ("a",)),
        (("a",), ()),
        (("a",), ("b",)),
        (("a", "b"), ("c",)),
        (("c",), ("a", "b")),
        (("a", "b"), ("b", "c")),
    ],
)
def test_replace(history: History, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """The rows become what is asked for, whether rows are added, taken away or changed."""
    history.ensure()
    history.replace((), before)
    history.replace(before, after)
    assert rows(history.connection) == set(after)


@pytest.mark.parametrize("after", [("b",), ()])
def test_replace_of_a_missing_row(history: History, after: tuple[str, ...]) -> None:
    """A row that somebody else took away is not silently made."""
    history.ensure()
    with pytest.raises(HistoryError, match="row a of alembic_version"):
        history.replace(("a",), after)
