"""A revision that is to be written, as a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from flaskmig.engine.files.allowed_source import OP_IMPORT
from flaskmig.engine.files.kept_source import Kept
from flaskmig.engine.rendering.alembic_calls import ALEMBIC_IMPORT
from flaskmig.schema import Source

_NO_FUNCTIONS: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRevision:
    """What to write: the header, and the lines of each function.

    ``functions`` are keyed by name, ``upgrade`` and ``downgrade`` for the default bind;
    ``imports`` are whole lines, of which those that no function uses are left out. ``op`` is
    imported by itself, by ``op_import``. ``own`` is what of it the project's ``render_item`` wrote.
    ``version_path`` is the folder, where there is a choice. ``replaces`` are the revisions that
    are squashed into it, and ``kept`` the parts that are text of their files; lines that call those
    are their ``calls``.
    """

    id: str
    message: str = ""
    parents: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    branch_labels: tuple[str, ...] = ()
    functions: Mapping[str, Sequence[str]] = field(default_factory=lambda: _NO_FUNCTIONS)
    imports: tuple[str, ...] = ()
    own: tuple[Source, ...] = ()
    op_import: str = OP_IMPORT
    version_path: str | Path | None = None
    replaces: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()

    @property
    def generated(self) -> NewRevision:
        """The revision without what comes from other files."""
        calls = {call for each in self.kept for call in each.calls.values()}
        functions = {
            name: [line for line in lines if line not in calls]
            for name, lines in self.functions.items()
        }
        return replace(self, functions=functions, kept=())


def op_import(write_for: str) -> str:
    """The line that imports `op`, by the option ``write_for``."""
    return ALEMBIC_IMPORT if write_for == "alembic" else OP_IMPORT
