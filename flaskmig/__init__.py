"""Schema migrations for Flask and SQLAlchemy, without Alembic.

The public names are loaded when they are first asked for, so that ``import flaskmig.engine``
needs neither Flask nor click.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flaskmig import engine, op
    from flaskmig.declare import Extension, Function, Trigger, View
    from flaskmig.errors import FlaskmigError
    from flaskmig.extension import Config, Migrate
    from flaskmig.flask_api import (
        adopt,
        branches,
        check,
        current,
        diff,
        downgrade,
        edit,
        ensure_version,
        heads,
        history,
        init,
        leave,
        list_templates,
        merge,
        migrate,
        plan,
        repair,
        resolve,
        revision,
        show,
        snapshot,
        squash,
        stamp,
        status,
        upgrade,
    )

    __version__: str

_HOME = {
    "Config": "flaskmig.extension",
    "Extension": "flaskmig.declare",
    "FlaskmigError": "flaskmig.errors",
    "Function": "flaskmig.declare",
    "Migrate": "flaskmig.extension",
    "Trigger": "flaskmig.declare",
    "View": "flaskmig.declare",
    "adopt": "flaskmig.flask_api",
    "branches": "flaskmig.flask_api",
    "check": "flaskmig.flask_api",
    "current": "flaskmig.flask_api",
    "diff": "flaskmig.flask_api",
    "downgrade": "flaskmig.flask_api",
    "edit": "flaskmig.flask_api",
    "ensure_version": "flaskmig.flask_api",
    "heads": "flaskmig.flask_api",
    "history": "flaskmig.flask_api",
    "init": "flaskmig.flask_api",
    "leave": "flaskmig.flask_api",
    "list_templates": "flaskmig.flask_api",
    "merge": "flaskmig.flask_api",
    "migrate": "flaskmig.flask_api",
    "plan": "flaskmig.flask_api",
    "repair": "flaskmig.flask_api",
    "resolve": "flaskmig.flask_api",
    "revision": "flaskmig.flask_api",
    "show": "flaskmig.flask_api",
    "snapshot": "flaskmig.flask_api",
    "squash": "flaskmig.flask_api",
    "stamp": "flaskmig.flask_api",
    "status": "flaskmig.flask_api",
    "upgrade": "flaskmig.flask_api",
}

__all__ = [
    "Config",
    "Extension",
    "FlaskmigError",
    "Function",
    "Migrate",
    "Trigger",
    "View",
    "__version__",
    "adopt",
    "branches",
    "check",
    "current",
    "diff",
    "downgrade",
    "edit",
    "engine",
    "ensure_version",
    "heads",
    "history",
    "init",
    "leave",
    "list_templates",
    "merge",
    "migrate",
    "op",
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
    if name in _HOME:
        value = getattr(importlib.import_module(_HOME[name]), name)
    elif name in ("engine", "op"):
        value = importlib.import_module(f"flaskmig.{name}")
    elif name == "__version__":
        from importlib.metadata import version

        value = version("flaskmig")
    else:
        raise AttributeError(f"module 'flaskmig' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
