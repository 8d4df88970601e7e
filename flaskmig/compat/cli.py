"""The names that ``flask_migrate.cli`` has: ``db``, the group of commands, and each command."""

from __future__ import annotations

import click

from flaskmig.cli import group as db

__all__ = ["db"]


def __getattr__(name: str) -> click.Command:
    command = db.commands.get(name.replace("_", "-"))
    if command is None or name.startswith("_"):
        raise AttributeError(f"there is no command {name} to import")
    return command
