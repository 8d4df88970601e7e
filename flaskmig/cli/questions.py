"""What is asked of a person, where there is one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flaskmig.engine.commands.backfills import MissingValue
    from flaskmig.engine.comparing.renames import RenameCandidate


def rename_question() -> Callable[[RenameCandidate], bool] | None:
    """The function that asks about an uncertain rename; None where nobody can answer."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        return _is_rename
    return None


def _is_rename(candidate: RenameCandidate) -> bool:
    where = f"{candidate.table}." if candidate.table else ""
    kind = candidate.kind.replace("_", " ")
    why = ", ".join(candidate.why)
    if candidate.along:
        pairs = " and ".join(f"{each.before} to {each.after}" for each in candidate.renames)
        click.echo(f"{kind} {where}{candidate.before} may have passed its name on; {why}", err=True)
        return click.confirm(f"Is that a rename of {pairs}?", default=False, err=True)
    click.echo(
        f"{kind} {where}{candidate.before} is gone and {candidate.after} is new; {why}", err=True
    )
    return click.confirm("Is that a rename?", default=False, err=True)


def value_question() -> Callable[[MissingValue], str | None] | None:
    """The function that asks for a value that rows must have; None where nobody can answer."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        return _value
    return None


def _value(missing: MissingValue) -> str | None:
    click.echo(str(missing), err=True)
    said: str = click.prompt(
        "SQL for its value in those rows, such as 0 or 'none' (nothing: stop)",
        default="",
        show_default=False,
        err=True,
    )
    return said.strip() or None


def go_on_question(question: str) -> Callable[[], bool] | None:
    """The function that asks whether to go on; None where nobody can answer."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return lambda: click.confirm(question, default=True, err=True)
