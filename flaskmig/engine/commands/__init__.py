"""One function for each verb: values in, values out, nothing printed.

The first argument is the `Project`; the modules are loaded when one of their names is asked for,
so that reading where a database is stays light.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flaskmig.engine.commands.adopting import Adopted, adopt
    from flaskmig.engine.commands.authoring import Placement, Written, merge, revision
    from flaskmig.engine.commands.between import snapshot
    from flaskmig.engine.commands.comparing import Checked, check, diff
    from flaskmig.engine.commands.detection import Detection, Difference
    from flaskmig.engine.commands.entries import LogEntry
    from flaskmig.engine.commands.findings import Finding
    from flaskmig.engine.commands.leaving import Left, leave
    from flaskmig.engine.commands.migrating import migrate
    from flaskmig.engine.commands.overview import Status, status
    from flaskmig.engine.commands.planning import (
        Planned,
        downgrade_script,
        ensure_version_script,
        plan,
        stamp_script,
        upgrade_script,
    )
    from flaskmig.engine.commands.reading import Current, branches, current, heads, history, show
    from flaskmig.engine.commands.repairing import Repaired, repair
    from flaskmig.engine.commands.resolving import Resolved, resolve
    from flaskmig.engine.commands.running import Ran, downgrade, upgrade
    from flaskmig.engine.commands.side import DATABASE, MODELS, Side
    from flaskmig.engine.commands.squashing.squashing import Squashed, squash
    from flaskmig.engine.commands.stamping import Stamped, ensure_version, stamp
    from flaskmig.engine.commands.templates import Initialized, Template, init, list_templates

_HOME = {
    "Adopted": "adopting",
    "Checked": "comparing",
    "Current": "reading",
    "DATABASE": "side",
    "Detection": "detection",
    "Difference": "detection",
    "Finding": "findings",
    "Initialized": "templates",
    "Left": "leaving",
    "LogEntry": "entries",
    "MODELS": "side",
    "Placement": "authoring",
    "Planned": "planning",
    "Ran": "running",
    "Repaired": "repairing",
    "Resolved": "resolving",
    "Side": "side",
    "Squashed": "squashing.squashing",
    "Stamped": "stamping",
    "Status": "overview",
    "Template": "templates",
    "Written": "authoring",
    "adopt": "adopting",
    "branches": "reading",
    "check": "comparing",
    "current": "reading",
    "diff": "comparing",
    "downgrade": "running",
    "downgrade_script": "planning",
    "ensure_version": "stamping",
    "ensure_version_script": "planning",
    "heads": "reading",
    "history": "reading",
    "init": "templates",
    "leave": "leaving",
    "list_templates": "templates",
    "merge": "authoring",
    "migrate": "migrating",
    "plan": "planning",
    "repair": "repairing",
    "resolve": "resolving",
    "revision": "authoring",
    "show": "reading",
    "snapshot": "between",
    "squash": "squashing.squashing",
    "stamp": "stamping",
    "stamp_script": "planning",
    "status": "overview",
    "upgrade": "running",
    "upgrade_script": "planning",
}

__all__ = [
    "DATABASE",
    "MODELS",
    "Adopted",
    "Checked",
    "Current",
    "Detection",
    "Difference",
    "Finding",
    "Initialized",
    "Left",
    "LogEntry",
    "Placement",
    "Planned",
    "Ran",
    "Repaired",
    "Resolved",
    "Side",
    "Squashed",
    "Stamped",
    "Status",
    "Template",
    "Written",
    "adopt",
    "branches",
    "check",
    "current",
    "diff",
    "downgrade",
    "downgrade_script",
    "ensure_version",
    "ensure_version_script",
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
    "stamp_script",
    "status",
    "upgrade",
    "upgrade_script",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'flaskmig.engine.commands' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"flaskmig.engine.commands.{_HOME[name]}"), name)
    globals()[name] = value
    return value
