from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.conftest import MakeDatabase
from tests.crash.trial import Trial

MakeTrial: TypeAlias = Callable[..., Trial]


@pytest.fixture
def make_trial(tmp_path: Path, make_database: MakeDatabase) -> Iterator[MakeTrial]:
    """Makes a project without revisions on an empty database of the named kind."""
    with ExitStack() as stack:

        def make(database: str, **options: Any) -> Trial:
            trial = Trial(tmp_path / "migrations", make_database(database), **options)
            return stack.enter_context(closing(trial))

        yield make
