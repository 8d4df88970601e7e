"""The commands as functions that act on the current Flask application.

They take Flask-Migrate's arguments in its order, and more by keyword; they return values, raise
`FlaskmigError`, leave logging alone and never end the process. ``directory`` None is the folder
that `Migrate` was given; ``bind`` names one or several databases, None means all that are managed;
``x_arg`` is one or several arguments for the revision files. A name is loaded when it is first
asked for: a command waits for no other's modules.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_HOME = {
    "adopt": "adopting",
    "branches": "reading",
    "check": "reading",
    "current": "reading",
    "diff": "reading",
    "downgrade": "running",
    "edit": "writing",
    "ensure_version": "running",
    "heads": "reading",
    "history": "reading",
    "init": "writing",
    "leave": "leaving",
    "list_templates": "writing",
    "merge": "writing",
    "migrate": "writing",
    "plan": "reading",
    "repair": "mending",
    "resolve": "mending",
    "revision": "writing",
    "show": "reading",
    "snapshot": "reading",
    "squash": "squashing",
    "stamp": "running",
    "status": "reading",
    "upgrade": "running",
}

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


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'flaskmig.flask_api' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"flaskmig.flask_api.{_HOME[name]}"), name)
    globals()[name] = value
    return value
