"""A revision file that is not written yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from flaskmig.engine.files.loading import NO_MODULES, code_of, run_code
from flaskmig.engine.revisions.graph import Graph
from flaskmig.engine.revisions.revision import Revision


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The very bytes that a file is to have, and where; ``revision`` is what its header says.

    It serves as the files of a history that has this revision alone, for running it as they are
    run.
    """

    path: Path
    content: bytes
    revision: Revision

    @cached_property
    def graph(self) -> Graph:
        """The revision by itself: what it follows is not there."""
        return Graph([self.alone])

    @property
    def alone(self) -> Revision:
        """The revision without what it follows and depends on."""
        return self.revision._replace(parents=(), depends_on=(), branch_labels=frozenset())

    def checksum(self, revision: str) -> str:
        """The hexadecimal SHA-256 of the bytes."""
        return sha256(self.content).hexdigest()

    def load(self, revision: str, modules: Mapping[str, ModuleType] = NO_MODULES) -> ModuleType:
        """Run the text and return it as a module; raises InvalidRevisionFileError."""
        path = str(self.path)
        return run_code(code_of(self.content, path, modules), path, self.revision.id, modules)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1; empty where there is none."""
        lines = self.content.decode(errors="replace").splitlines()
        return lines[number - 1].strip() if 0 < number <= len(lines) else ""
