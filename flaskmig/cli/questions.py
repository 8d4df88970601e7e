"""What is asked of a person, where there is one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flaskmig.engine.comparing.renames import RenameCandidate


def rename_question() -> Callable[[RenameCandidate], bool] | None:
    """The function that asks about an uncertain rename; None where nobody can answer."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        return _is_rename
    return None


def _is_rename(candidate: RenameCandidate) -> bool:
    where = f"{candidate.table}." if candidate.table else ""
    kind = candidate.kind.replace("_", " ")
    click.echo(
        f"{kind} {where}{candidate.before} is gone and {candidate.after} is new; "
        f"{', '.join(candidate.why)}",
        err=True,
    )
    return click.confirm("Is that a rename?", default=False, err=True)
