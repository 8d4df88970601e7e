"""The page of the commands, held to the commands."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from flaskmig.cli import group

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
COMMANDS = sorted(group.commands)


def sections() -> dict[str, str]:
    """The text under each heading of the third level."""
    parts = re.split(r"^### (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_page_names_every_command_and_no_other() -> None:
    """The headings of the page are the commands there are."""
    assert sorted(sections()) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_page_names_every_option(name: str) -> None:
    """Each option of a command is named on the page, and no option that it does not have."""
    section = sections()[name]
    if "Options as those of `upgrade`" in section:
        section += sections()["upgrade"]
    if "Its options are those of `migrate`" in section:
        section += sections()["migrate"]
    named = set(re.findall(r"`(--?[a-z][a-z-]*)", section))
    options = [each for each in group.commands[name].params if isinstance(each, click.Option)]
    missing = [each.opts for each in options if not named.intersection(each.opts)]
    assert missing == []
    known = {spelling for each in options for spelling in (*each.opts, *each.secondary_opts)}
    others = (
        {"--rename", "--no-rename", "--check-heads"} if name in ("migrate", "revision") else set()
    )
    assert named - known - others <= {"--autogenerate"}
