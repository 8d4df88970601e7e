"""The current application's project, and what the command functions take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from flask import current_app, has_app_context

from flaskmig.errors import ConfigurationError

if TYPE_CHECKING:
    from flaskmig.engine.commands import Detection
    from flaskmig.engine.commands.backfills import MissingValue
    from flaskmig.engine.comparing.renames import RenameCandidate
    from flaskmig.engine.configuration.project import Project

Folder: TypeAlias = str | Path | None
Texts: TypeAlias = str | Sequence[str] | None
Decide: TypeAlias = "Callable[[RenameCandidate], bool]"
Fill: TypeAlias = "Callable[[MissingValue], str | None]"


def project(directory: Folder = None, x_arg: Texts = None, bind: Texts = None) -> Project:
    """The configuration of the current application; raises ConfigurationError without one."""
    if not has_app_context():
        raise ConfigurationError(
            "there is no current Flask application",
            hint="call it inside `with app.app_context():`",
        )
    state = current_app.extensions.get("migrate")
    if state is None or not hasattr(state, "project"):
        raise ConfigurationError(
            f"the application {current_app.name} has no Migrate of flaskmig",
            hint="Migrate(app, db), or Migrate(db=db).init_app(app) in the application factory",
        )
    found: Project = state.project(directory=directory, x_arguments=texts(x_arg), bind=bind)
    return found


def texts(value: Texts) -> tuple[str, ...]:
    """One, several or none."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def detection(
    renames: Texts,
    no_rename: bool | Texts,
    drops: Texts,
    backfills: Texts,
    decide: Decide | None,
    fill: Fill | None = None,
) -> Detection:
    """What somebody said about the differences; ``no_rename`` True means all of them."""
    from flaskmig.engine import commands

    return commands.Detection(
        renames=texts(renames),
        no_rename=no_rename is True,
        apart=() if isinstance(no_rename, bool) else texts(no_rename),
        drops=texts(drops),
        backfills=texts(backfills),
        decide=decide,
        fill=fill,
    )
