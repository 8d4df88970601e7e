"""Files of applied revisions that are not the ones that were applied."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from flaskmig.engine.records.journal import journal_of
from flaskmig.errors import ChangedRevisionError

if TYPE_CHECKING:
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.records.history import History

_MEND = "bring back the file as it was applied and put the change into a new revision"
MEND_OR_ACCEPT = (
    "bring back the file as it was applied; or, where its downgrade() is right as it is now, "
    "`flask db downgrade --accept-changed`"
)


def changed_files(scripts: Scripts, history: History, rows: Collection[str]) -> tuple[str, ...]:
    """The applied revisions whose file has another checksum than the journal noted."""
    noted = journal_of(history).checksums()
    if not noted:
        return ()
    applied = scripts.graph.ancestors(rows)
    return tuple(
        revision
        for revision, checksum in sorted(noted.items())
        if revision in applied and scripts.checksum(revision) != checksum
    )


def describe_changed(scripts: Scripts, revisions: Iterable[str]) -> tuple[str, ...]:
    """A line for each of them."""
    return tuple(
        f"{scripts.graph.revision(revision).path} was changed after revision {revision} was applied"
        for revision in revisions
    )


def refuse_changed(scripts: Scripts, revisions: Collection[str], *, hint: str = _MEND) -> None:
    """Raise ChangedRevisionError where there are any."""
    if revisions:
        raise ChangedRevisionError(
            "\n".join(describe_changed(scripts, revisions)),
            revision=next(iter(revisions)),
            hint=hint,
        )
