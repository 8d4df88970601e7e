"""The commands as functions that act on the current Flask application.

They take Flask-Migrate's arguments in its order, and more by keyword; they return values, raise
`FlaskmigError`, leave logging alone and never end the process. ``directory`` None is the folder
that `Migrate` was given; ``bind`` names one or several databases, None means all that are managed;
``x_arg`` is one or several arguments for the revision files.
"""

from __future__ import annotations

from flaskmig.flask_api.adopting import adopt
from flaskmig.flask_api.leaving import leave
from flaskmig.flask_api.mending import repair, resolve
from flaskmig.flask_api.reading import (
    branches,
    check,
    current,
    diff,
    heads,
    history,
    plan,
    show,
    snapshot,
    status,
)
from flaskmig.flask_api.running import downgrade, ensure_version, stamp, upgrade
from flaskmig.flask_api.squashing import squash
from flaskmig.flask_api.writing import edit, init, list_templates, merge, migrate, revision

__all__ = [
    "adopt",
    "branches",
    "check",
    "current",
    "diff",
    "downgrade",
    "edit",
    "ensure_version",
    "heads",
    "history",
    "init",
    "leave",
    "list_templates",
    "merge",
    "migrate",
    "plan",
    "repair",
    "resolve",
    "revision",
    "show",
    "snapshot",
    "squash",
    "stamp",
    "status",
    "upgrade",
]
