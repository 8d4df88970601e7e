from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.custom_operations.plugins import PLUGINS
from tests.custom_operations.registered import taken_back
from tests.legacy.project import OldFiles


@pytest.fixture(autouse=True)
def registered_here() -> Iterator[None]:
    """What a test registers is gone after it: calls and operations, of ours and of Alembic."""
    with taken_back():
        yield


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of modules that revision files can import, forgotten afterwards."""
    folder = tmp_path / "plugins"
    folder.mkdir()
    for name, source in PLUGINS.items():
        (folder / f"{name}.py").write_text(source)
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    forget()


def forget() -> None:
    """Have the plugins be imported anew."""
    for name in PLUGINS:
        sys.modules.pop(name, None)


@pytest.fixture
def old(tmp_path: Path, engine: Engine, plugins: Path) -> OldFiles:
    """No revision files yet, and an empty database, once for each kind."""
    return OldFiles(tmp_path / "migrations", engine)
