"""The names that ``flask_migrate`` has, for programs that cannot change their imports yet.

One line, before anything imports Flask-Migrate, and without it installed::

    sys.modules["flask_migrate"] = flaskmig.compat

Then ``from flask_migrate import Migrate, upgrade`` and ``from flask_migrate.cli import db`` are
flaskmig's. What differs: the functions return values, and raise `FlaskmigError` where
Flask-Migrate's ended the process.
"""

from __future__ import annotations

from flaskmig.extension import Config, Migrate
from flaskmig.flask_api import (
    branches,
    check,
    current,
    downgrade,
    edit,
    heads,
    history,
    init,
    list_templates,
    merge,
    migrate,
    revision,
    show,
    stamp,
    upgrade,
)
from flaskmig.legacy.package import __version__ as _served

__all__ = [
    "Config",
    "Migrate",
    "alembic_version",
    "branches",
    "check",
    "current",
    "downgrade",
    "edit",
    "heads",
    "history",
    "init",
    "list_templates",
    "merge",
    "migrate",
    "revision",
    "show",
    "stamp",
    "upgrade",
]

# The release of Alembic whose calls are served.
alembic_version = tuple(map(int, _served.split(".")))
