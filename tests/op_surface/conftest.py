from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import TypeAlias

import pytest
from sqlalchemy.engine import Engine

from tests.conftest import MakeDatabase
from tests.databases import sqlite_database
from tests.op_surface.outcome import Fresh
from tests.op_surface.state import emptied

MakeFresh: TypeAlias = Callable[[str], Fresh]


@pytest.fixture
def fresh(
    make_database: MakeDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MakeFresh]:
    """Makes what gives an empty database of a kind as often as it is asked.

    On PostgreSQL that is the same one each time, emptied: making them takes longer than the forms.
    """
    with ExitStack() as stack:
        folder, numbers = tmp_path_factory.mktemp("sqlite"), count()

        def make(name: str) -> Fresh:
            if name == "sqlite":
                return lambda: stack.enter_context(
                    sqlite_database(folder / f"{next(numbers)}.sqlite")
                )
            engine = make_database(name)

            def again() -> Engine:
                emptied(engine)
                return engine

            return again

        yield make
