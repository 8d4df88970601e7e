from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import comparators
from sqlalchemy.engine import Engine

from tests.custom_operations.plugins import PLUGINS
from tests.legacy.project import OldFiles


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of modules that revision files can import, forgotten afterwards."""
    folder = tmp_path / "plugins"
    folder.mkdir()
    for name, source in PLUGINS.items():
        (folder / f"{name}.py").write_text(source)
    monkeypatch.syspath_prepend(str(folder))
    # A plugin that Alembic itself loads would compare in every later test of the process.
    monkeypatch.setattr(comparators, "_registry", copy.deepcopy(comparators._registry))
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
