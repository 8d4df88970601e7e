"""``alembic.command``: one run cannot be started inside of another."""

from __future__ import annotations

from flaskmig.legacy.elsewhere import Elsewhere

__all__ = [
    "branches",
    "check",
    "current",
    "downgrade",
    "edit",
    "ensure_version",
    "heads",
    "history",
    "init",
    "list_templates",
    "merge",
    "revision",
    "show",
    "stamp",
    "upgrade",
]

branches = Elsewhere("alembic.command", "branches")
check = Elsewhere("alembic.command", "check")
current = Elsewhere("alembic.command", "current")
downgrade = Elsewhere("alembic.command", "downgrade")
edit = Elsewhere("alembic.command", "edit")
ensure_version = Elsewhere("alembic.command", "ensure_version")
heads = Elsewhere("alembic.command", "heads")
history = Elsewhere("alembic.command", "history")
init = Elsewhere("alembic.command", "init")
list_templates = Elsewhere("alembic.command", "list_templates")
merge = Elsewhere("alembic.command", "merge")
revision = Elsewhere("alembic.command", "revision")
show = Elsewhere("alembic.command", "show")
stamp = Elsewhere("alembic.command", "stamp")
upgrade = Elsewhere("alembic.command", "upgrade")
