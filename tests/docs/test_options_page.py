"""The page of the options, held to the options."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from flaskmig.engine.configuration.project import Options

PAGE = Path(__file__).resolve().parents[2] / "docs" / "options.md"
NO_OPTIONS = {"notes", "given"}


def documented() -> dict[str, str]:
    """Name and default of each row of the page's tables of options."""
    text = PAGE.read_text(encoding="utf-8").partition("## Comparing")[2]
    return dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", text, flags=re.MULTILINE))


def test_page_has_every_option_with_its_default() -> None:
    """The tables name the options there are, each with the default that it has."""
    known = {each.name: each.default for each in fields(Options) if each.name not in NO_OPTIONS}
    page = documented()
    assert sorted(page) == sorted(known)
    for name, default in known.items():
        expected = f"{default:g}" if isinstance(default, float) else str(default)
        assert page[name].strip('"') == expected, name
