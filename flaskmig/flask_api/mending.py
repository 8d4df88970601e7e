"""Command functions with which a person decides what flaskmig cannot know: repair, resolve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flaskmig.flask_api.context import Folder, Texts, project, texts

if TYPE_CHECKING:
    from flaskmig.engine.commands import Repaired, Resolved
    from flaskmig.engine.commands.resolving import Said
    from flaskmig.engine.migrating.events import Notify


def repair(
    directory: Folder = None,
    *,
    accept: Texts = None,
    restamp: Texts = None,
    x_arg: Texts = None,
    bind: Texts = None,
    lock_wait: float | None = None,
    notify: Notify | None = None,
) -> tuple[Repaired, ...]:
    """What is not as flaskmig left it in each database, a `Repaired` for each.

    ``accept`` names revisions whose files are right as they are now, and ``restamp`` words such
    as ``"old:new"``: the version table's row ``old``, which no file has, becomes the revision
    ``new``. With neither nothing is written. ``lock_wait`` are seconds to wait for an upgrade that
    runs, which ``notify`` is told of. Raises ConfigurationError for a word that fits nothing.
    """
    from flaskmig.engine import commands

    found = project(directory, x_arg, bind).waiting(lock_wait=lock_wait)
    return commands.repair(found, accept=texts(accept), restamp=texts(restamp), notify=notify)


def resolve(
    directory: Folder = None,
    revision: str | None = None,
    said: Said | None = None,
    *,
    x_arg: Texts = None,
    bind: Texts = None,
    lock_wait: float | None = None,
    notify: Notify | None = None,
) -> tuple[Resolved, ...]:
    """What is unfinished in each database, a `Resolved` for each, or what is ``said`` of it.

    "ran" and "not-run" are about the one statement that was begun outside of a transaction and of
    which nobody knows whether it took effect: the next upgrade goes on behind it, or runs it again.
    "applied" and "undone" are about the revision as a whole, which the version table then has or
    has not. ``revision`` may be left out where one is unfinished. ``lock_wait`` are seconds to
    wait for an upgrade that runs, which ``notify`` is told of. Raises HistoryError where there is
    nothing to say that of.
    """
    from flaskmig.engine import commands

    found = project(directory, x_arg, bind).waiting(lock_wait=lock_wait)
    return commands.resolve(found, revision, said, notify=notify)
