"""The names that ``flask_migrate`` has, for programs that imported them from there.

``import flaskmig.compat as flask_migrate`` is enough for most. What differs: the functions
return values and raise `FlaskmigError` where Flask-Migrate's ended the process.
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

__all__ = [
    "Config",
    "Migrate",
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
