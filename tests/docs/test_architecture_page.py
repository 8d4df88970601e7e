"""The page of the architecture, held to the tree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "architecture.md"
ENGINE = ROOT / "flaskmig" / "engine"
# Their modules stand for kinds of verbs and objects, which the page need not list.
BY_KIND = {"calls", "commands"}
GROUPS = sorted(path.parent.name for path in ENGINE.glob("*/__init__.py"))
FOLDERS = (
    *(".", "engine", "dialects/sqlite", "dialects/postgresql"),
    *(f"engine/{group}" for group in GROUPS if group not in BY_KIND),
)


@pytest.mark.parametrize("folder", FOLDERS)
def test_page_names_every_module(folder: str) -> None:
    """Each module and package of the folder is named on the page."""
    inside = ROOT / "flaskmig" / folder
    modules = {path.stem for path in inside.glob("*.py") if path.stem != "__init__"}
    packages = {path.parent.name for path in inside.glob("*/__init__.py")}
    words = set(re.findall(r"\w+", PAGE.read_text(encoding="utf-8")))
    assert sorted((modules | packages) - words) == []


def test_page_names_no_module_of_the_engine_that_is_gone() -> None:
    """What the table of the engine names is there."""
    table = (
        PAGE.read_text(encoding="utf-8").partition("The engine:")[2].partition("The databases:")[0]
    )
    named = re.findall(r"`(\w+)/?`", table)
    there = {path.stem for path in ENGINE.rglob("*.py")} | {
        path.name for path in ENGINE.rglob("*/")
    }
    assert sorted(set(named) - there) == []
