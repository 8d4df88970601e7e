"""Command functions that change databases: upgrade, downgrade, stamp, ensure_version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

from flaskmig.flask_api.context import Folder, Texts, project, texts

if TYPE_CHECKING:
    from flaskmig.engine.commands import Ran, Stamped
    from flaskmig.engine.migrating.events import Notify


@overload
def upgrade(
    directory: Folder = ...,
    revision: str = ...,
    sql: Literal[False] = ...,
    tag: str | None = ...,
    x_arg: Texts = ...,
    *,
    bind: Texts = ...,
    notify: Notify | None = ...,
) -> tuple[Ran, ...]: ...


@overload
def upgrade(
    directory: Folder = ...,
    revision: str = ...,
    *,
    sql: Literal[True],
    tag: str | None = ...,
    x_arg: Texts = ...,
    bind: Texts = ...,
    notify: Notify | None = ...,
) -> str: ...


def upgrade(
    directory: Folder = None,
    revision: str = "head",
    sql: bool = False,
    tag: str | None = None,
    x_arg: Texts = None,
    *,
    bind: Texts = None,
    notify: Notify | None = None,
) -> tuple[Ran, ...] | str:
    """Upgrade the databases to a revision.

    Returns what ran, a `Ran` for each database, or with ``sql`` the script as text.
    """
    from flaskmig.engine import commands

    found = project(directory, x_arg, bind)
    if sql:
        return commands.upgrade_script(found, revision, tag=tag)
    return commands.upgrade(found, revision, tag=tag, notify=notify)


@overload
def downgrade(
    directory: Folder = ...,
    revision: str = ...,
    sql: Literal[False] = ...,
    tag: str | None = ...,
    x_arg: Texts = ...,
    *,
    bind: Texts = ...,
    notify: Notify | None = ...,
) -> tuple[Ran, ...]: ...


@overload
def downgrade(
    directory: Folder = ...,
    revision: str = ...,
    *,
    sql: Literal[True],
    tag: str | None = ...,
    x_arg: Texts = ...,
    bind: Texts = ...,
    notify: Notify | None = ...,
) -> str: ...


def downgrade(
    directory: Folder = None,
    revision: str = "-1",
    sql: bool = False,
    tag: str | None = None,
    x_arg: Texts = None,
    *,
    bind: Texts = None,
    notify: Notify | None = None,
) -> tuple[Ran, ...] | str:
    """Downgrade the databases to a revision; returns what `upgrade` does."""
    from flaskmig.engine import commands

    found = project(directory, x_arg, bind)
    if sql:
        return commands.downgrade_script(found, revision, tag=tag)
    return commands.downgrade(found, revision, tag=tag, notify=notify)


@overload
def stamp(
    directory: Folder = ...,
    revision: str | Sequence[str] = ...,
    sql: Literal[False] = ...,
    tag: str | None = ...,
    purge: bool = ...,
    *,
    x_arg: Texts = ...,
    bind: Texts = ...,
) -> tuple[Stamped, ...]: ...


@overload
def stamp(
    directory: Folder = ...,
    revision: str | Sequence[str] = ...,
    *,
    sql: Literal[True],
    tag: str | None = ...,
    purge: bool = ...,
    x_arg: Texts = ...,
    bind: Texts = ...,
) -> str: ...


def stamp(
    directory: Folder = None,
    revision: str | Sequence[str] = "head",
    sql: bool = False,
    tag: str | None = None,
    purge: bool = False,
    *,
    x_arg: Texts = None,
    bind: Texts = None,
) -> tuple[Stamped, ...] | str:
    """Say that the databases are at one or several revisions and run nothing.

    Returns a `Stamped` for each database, or with ``sql`` the script as text.
    """
    from flaskmig.engine import commands

    found = project(directory, x_arg, bind)
    if sql:
        return commands.stamp_script(found, texts(revision), purge=purge)
    return commands.stamp(found, texts(revision), purge=purge)


def ensure_version(
    directory: Folder = None,
    sql: bool = False,
    *,
    x_arg: Texts = None,
    bind: Texts = None,
) -> str | None:
    """Make the version table where it is not there; with ``sql`` the script as text."""
    from flaskmig.engine import commands

    found = project(directory, x_arg, bind)
    if sql:
        return commands.ensure_version_script(found)
    commands.ensure_version(found)
    return None
