"""What stamping makes of the journal: work that was cut off, and files that were changed."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from flaskmig.engine.records.journal import RevisionRecord, journal_of, now

if TYPE_CHECKING:
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.records.history import History
    from flaskmig.engine.revisions.graph import Graph


def settle(
    scripts: Scripts,
    history: History,
    revisions: Sequence[str],
    before: Collection[str],
    after: Collection[str],
) -> None:
    """Have the journal agree with a person who stamps the database with ``revisions``.

    ``before`` and ``after`` are the version rows. A revision that was cut off is from now on
    done or never begun, and the file of an applied one counts as it is now; but not those on
    branches that the stamp says nothing about. Nothing is made where there is no journal.
    """
    journal, graph = journal_of(history), scripts.graph
    decided = _decided(graph, revisions, before)
    applied = graph.ancestors(after)
    for unfinished in journal.all_unfinished():
        if unfinished.revision in decided or unfinished.revision not in graph:
            is_up = unfinished.direction == "upgrade"
            journal.settle(unfinished, is_done=(unfinished.revision in applied) == is_up)
    journal.note_stamped(
        [
            _record(scripts, revision)
            for revision, checksum in sorted(journal.checksums().items())
            if revision in applied & decided and scripts.checksum(revision) != checksum
        ]
    )


def _decided(graph: Graph, revisions: Sequence[str], before: Collection[str]) -> set[str]:
    """What is said of: all below and above the revisions, or everything for base or none."""
    stamped = [graph.resolve(revision, before) for revision in revisions]
    if not stamped or not all(stamped):
        return {revision.id for revision in graph}
    return graph.lineage({id_ for ids in stamped for id_ in ids}, dependencies=True)


def _record(scripts: Scripts, revision: str) -> RevisionRecord:
    return RevisionRecord(
        run=uuid.uuid4().hex,
        revision=revision,
        direction="stamp",
        file_sha256=scripts.checksum(revision),
        parents=scripts.graph.revision(revision).parents,
        started_at=now(),
        duration_ms=0,
    )
