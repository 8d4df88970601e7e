"""`flask db …`: parse, call the engine, print.

The commands are kept light: what they need of the engine is imported when they run.
"""

from __future__ import annotations

from flaskmig.cli import adopting, authoring, leaving, mending, reading, running, squashing
from flaskmig.cli.group import group

__all__ = [
    "adopting",
    "authoring",
    "group",
    "leaving",
    "mending",
    "reading",
    "running",
    "squashing",
]
