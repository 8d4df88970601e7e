"""What becomes of the revisions: runs of operations, and between them files kept as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from flaskmig.engine.commands.squashing.carrying import Carrying
from flaskmig.engine.comparing.folded import folded
from flaskmig.engine.detecting.differences import Diff
from flaskmig.engine.detecting.whole import Whole
from flaskmig.engine.files.header import parse
from flaskmig.engine.files.schema_calls import first_of_data

if TYPE_CHECKING:
    from flaskmig.engine.revisions.revision import Revision
    from flaskmig.operations import Operation
    from flaskmig.schema import Schema

Part: TypeAlias = "Folded | AsItIs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Operations of revisions that do nothing else, and the schemas they lead from and to."""

    operations: tuple[Operation, ...]
    before: Schema
    after: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class AsItIs:
    """A revision that is more than operations; ``line`` is where, None where that is not known."""

    revision: Revision
    line: int | None = None


class Parts:
    """Gathers the parts of one bind, while the revisions run on a database made for that."""

    def __init__(self, carrying: Carrying, *, folds: bool) -> None:
        self._carrying = carrying
        self._folds = folds
        self._done: list[Part] = []
        self._operations: list[Operation] = []
        self._before: Schema | None = None
        self._after: Schema | None = None

    def take(self, revision: Revision, before: Schema) -> bool:
        """Take the next revision; ``before`` is the schema that the database has.

        False where it is kept as it is: only the database knows the schema after it.
        """
        line = self._line_of_data(revision)
        found = None
        if self._folds and line is None:
            found = self._carrying.operations(revision, self._after or before)
        if found is None:
            self._close()
            self._done.append(AsItIs(revision=revision, line=line))
            return False
        if self._before is None:
            self._before = before
        self._operations += found[0]
        self._after = found[1]
        return True

    def all(self) -> Sequence[Part]:
        """The parts, once all revisions are taken."""
        self._close()
        return tuple(self._done)

    def _close(self) -> None:
        operations = tuple(folded(self._operations))
        if operations and self._before is not None and self._after is not None:
            self._done.append(Folded(operations=operations, before=self._before, after=self._after))
        self._operations = []
        self._before = self._after = None

    def _line_of_data(self, revision: Revision) -> int | None:
        source = self._carrying.scripts.source(revision.id)
        found = first_of_data(parse(source.content, source.path), self._carrying.bind)
        return None if found is None else found.lineno


def diff_of(part: Folded, carrying: Carrying) -> Diff:
    """The operations as what it takes to make one schema of the other."""
    return Diff(
        operations=part.operations,
        sides=Whole(part.before, part.after),
        dialect=carrying.dialect,
    )
