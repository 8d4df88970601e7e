"""The command function that takes over a project of Flask-Migrate: adopt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flaskmig.flask_api.context import Folder, Texts, project

if TYPE_CHECKING:
    from flaskmig.engine.commands import Adopted
    from flaskmig.engine.migrating.events import Notify


def adopt(
    directory: Folder = None,
    rewrite: bool = False,
    dry_run: bool = False,
    *,
    x_arg: Texts = None,
    bind: Texts = None,
    agree: Callable[[Adopted], bool] | None = None,
    lock_wait: float | None = None,
    notify: Notify | None = None,
) -> Adopted:
    """Take over a migrations folder of Flask-Migrate or Alembic as it is, and its databases.

    ``rewrite`` has the revision files import flaskmig, ``dry_run`` changes nothing. ``agree`` is
    shown the `Adopted` before anything is done, and may say no. ``lock_wait`` are seconds to wait
    for an upgrade that runs, which ``notify`` is told of. What stands against it is in ``left``
    and ``problems`` of the answer, and nothing is changed then. Raises FlaskmigError where
    something cannot be read or written.
    """
    from flaskmig.engine import commands

    return commands.adopt(
        project(directory, x_arg, bind).waiting(lock_wait=lock_wait),
        rewrite=rewrite,
        dry_run=dry_run,
        agree=agree,
        notify=notify,
    )
