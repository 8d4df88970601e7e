"""``alembic.autogenerate``: what plugins register there is taken, and has nothing to do here.

flaskmig compares and writes files by itself. A plugin is imported by revision files for the
operations that it adds to ``op``; the rest of it only has to load.
"""

from __future__ import annotations

from typing import Any

from flaskmig.errors import UnsupportedOperationError
from flaskmig.legacy.dispatching import Dispatcher, PriorityDispatcher

__all__ = [
    "AutogenContext",
    "comparators",
    "compare_metadata",
    "produce_migrations",
    "render_op_text",
    "render_python_code",
    "renderers",
]

_RENDERERS = ("_add_", "_alter_", "_drop_", "_render_")

renderers = Dispatcher()
comparators = PriorityDispatcher()


class _Writing:
    """A name of Alembic's that writes files or compares, to be imported and not used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        raise UnsupportedOperationError(
            f"alembic.autogenerate has {self._name} for writing files, and a revision is running",
            hint="`flask db migrate` writes them; a program has flaskmig.engine.diff",
        )


class AutogenContext(_Writing):
    """For annotations."""


compare_metadata = _Writing("compare_metadata")
produce_migrations = _Writing("produce_migrations")
render_op_text = _Writing("render_op_text")
render_python_code = _Writing("render_python_code")


def find(name: str) -> Any:
    """What plugins import from Alembic's renderers to go on from."""
    return _Writing(name) if name.startswith(_RENDERERS) else None
