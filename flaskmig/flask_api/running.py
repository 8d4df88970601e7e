"""Command functions that change databases: upgrade, downgrade, stamp, ensure_version.

A ``connection`` is used in the place of one of the engine's, and given back as it was: in the
caller's open transaction nothing is committed. It is to one database; ``bind`` says which.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

from flaskmig.errors import ConfigurationError
from flaskmig.flask_api.context import Folder, Texts, project, texts

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

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
    lock_wait: float | None = ...,
    lock_timeout: float | None = ...,
    statement_timeout: float | None = ...,
    notify: Notify | None = ...,
    connection: Connection | None = ...,
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
    lock_wait: float | None = ...,
    lock_timeout: float | None = ...,
    statement_timeout: float | None = ...,
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
    lock_wait: float | None = None,
    lock_timeout: float | None = None,
    statement_timeout: float | None = None,
    notify: Notify | None = None,
    connection: Connection | None = None,
) -> tuple[Ran, ...] | str:
    """Upgrade the databases to a revision.

    ``lock_wait``, ``lock_timeout`` and ``statement_timeout`` are seconds, for this call; a timeout
    of 0 is none, and None leaves what the option of that name says. Returns what ran, a `Ran` for
    each database, or with ``sql`` the script as text.
    """
    from flaskmig.engine import commands

    found = project(directory, x_arg, bind).waiting(
        lock_wait=lock_wait, lock_timeout=lock_timeout, statement_timeout=statement_timeout
    )
    if sql:
        _refuse_connection(connection)
        return commands.upgrade_script(found, revision, tag=tag)
    return commands.upgrade(found, revision, tag=tag, notify=notify, connection=connection)


@overload
def downgrade(
    directory: Folder = ...,
    revision: str = ...,
    sql: Literal[False] = ...,
    tag: str | None = ...,
    x_arg: Texts = ...,
    *,
    bind: Texts = ...,
    accept_changed: bool = ...,
    lock_wait: float | None = ...,
    lock_timeout: float | None = ...,
    statement_timeout: float | None = ...,
    notify: Notify | None = ...,
    connection: Connection | None = ...,
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
    accept_changed: bool = ...,
    lock_wait: float | None = ...,
    lock_timeout: float | None = ...,
    statement_timeout: float | None = ...,
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
    accept_changed: bool = False,
    lock_wait: float | None = None,
    lock_timeout: float | None = None,
    statement_timeout: float | None = None,
    notify: Notify | None = None,
    connection: Connection | None = None,
) -> tuple[Ran, ...] | str:
    """Downgrade the databases to a revision; returns what `upgrade` does.

    ``accept_changed`` runs downgrade() also of files that were changed since they were applied.
    """
    from flaskmig.engine import commands

    found = project(directory, x_arg, bind).waiting(
        lock_wait=lock_wait, lock_timeout=lock_timeout, statement_timeout=statement_timeout
    )
    if sql:
        _refuse_connection(connection)
        return commands.downgrade_script(found, revision, tag=tag)
    return commands.downgrade(
        found,
        revision,
        tag=tag,
        accept_changed=accept_changed,
        notify=notify,
        connection=connection,
    )


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
    lock_wait: float | None = ...,
    notify: Notify | None = ...,
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
    lock_wait: float | None = ...,
    notify: Notify | None = ...,
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
    lock_wait: float | None = None,
    notify: Notify | None = None,
) -> tuple[Stamped, ...] | str:
    """Say that the databases are at one or several revisions and run nothing.

    ``tag`` is Flask-Migrate's and has no effect: nothing runs that could ask for it. ``lock_wait``
    are seconds to wait for another upgrade, which ``notify`` is told of. Returns a
    `Stamped` for each database, or with ``sql`` the script as text.
    """
    from flaskmig.engine import commands

    found = project(directory, x_arg, bind).waiting(lock_wait=lock_wait)
    if sql:
        return commands.stamp_script(found, texts(revision), purge=purge)
    return commands.stamp(found, texts(revision), purge=purge, notify=notify)


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


def _refuse_connection(connection: Connection | None) -> None:
    if connection is not None:
        raise ConfigurationError(
            "a script is written without a database, and a connection was given",
            hint="leave out connection, or sql",
        )
