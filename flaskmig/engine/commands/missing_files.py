"""Revisions whose files are gone, while other files follow them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from flaskmig.engine.revisions.revision import Revision
from flaskmig.errors import RevisionNotFoundError

if TYPE_CHECKING:
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.records.journal import Journal
    from flaskmig.engine.records.journal_rows import RevisionRecord

_MISSING = "(its file is missing)"


def stand_in_for_missing(scripts: Scripts, journal: Journal) -> tuple[str, ...]:
    """The revisions that files follow and no file has; from now on there is one without a file.

    What they followed in their turn is in the journal. Raises RevisionError where the files are
    no history for another reason.
    """
    try:
        _ = scripts.graph
    except RevisionNotFoundError:
        stand_ins = list(_stand_ins(scripts.headers(), journal.applied()))
        scripts.complete(stand_ins)
        return tuple(each.id for each in stand_ins)
    return ()


def _stand_ins(
    headers: Collection[Revision], records: Mapping[str, RevisionRecord]
) -> Iterator[Revision]:
    known = {each.id for each in headers}
    known.update(label for each in headers for label in each.branch_labels)
    wanted = [name for each in headers for name in (*each.parents, *each.depends_on)]
    while wanted:
        name = wanted.pop()
        if name in known:
            continue
        known.add(name)
        parents = records[name].parents if name in records else ()
        wanted += parents
        yield Revision(id=name, parents=parents, message=_MISSING)
