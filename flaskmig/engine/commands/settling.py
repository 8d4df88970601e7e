"""What a person's word about a database makes of its journal: stamping, and repairing."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Literal

from flaskmig.engine.records.journal import journal_of
from flaskmig.engine.records.journal_rows import RevisionRecord
from flaskmig.engine.records.moments import now

if TYPE_CHECKING:
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.records.history import History
    from flaskmig.engine.records.journal import Journal
    from flaskmig.engine.revisions.graph import Graph

Word = Literal["stamp", "repair", "unstamp"]


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
    if not journal.exists():
        return
    applied = graph.ancestors(after)
    # Above a merge that is not applied any more, its other branches are not either.
    gone = graph.ancestors(row for row in before if row in graph) - applied
    decided = _decided(graph, revisions, before, journal) | gone
    for unfinished in journal.all_unfinished():
        if unfinished.revision in decided or unfinished.revision not in graph:
            is_up = unfinished.direction == "upgrade"
            journal.settle(unfinished, is_done=(unfinished.revision in applied) == is_up)
    agree(scripts, journal, after, about=decided, word="stamp")


def agree(
    scripts: Scripts,
    journal: Journal,
    rows: Collection[str],
    *,
    about: Collection[str],
    word: Word,
) -> None:
    """Write into the journal which of the revisions ``about`` are applied, their files as now.

    ``rows`` are the version rows; one that no file has implies nothing. What the journal has
    already is not written again.
    """
    known = journal.applied()
    graph = scripts.graph
    applied = graph.ancestors(row for row in rows if row in graph)
    undone = [revision for revision in known if revision in about and revision not in applied]
    stale = [
        revision.id
        for revision in reversed(list(graph))
        if revision.id in about and revision.id in applied and is_stale(scripts, known, revision.id)
    ]
    journal.note_all(
        [
            *(record_of(scripts, revision, "unstamp") for revision in undone),
            *(record_of(scripts, revision, word) for revision in stale),
        ]
    )


def is_stale(scripts: Scripts, known: dict[str, RevisionRecord], revision: str) -> bool:
    """Whether the journal has no record of the revision, or one that does not fit its file."""
    record = known.get(revision)
    if record is None or record.file_sha256 != scripts.checksum_alone(revision):
        return True
    return record.parents != scripts.graph.revision(revision).parents


def record_of(scripts: Scripts, revision: str, word: Word) -> RevisionRecord:
    """What the journal is to say of a revision, of which there may be no file."""
    is_there = revision in scripts.graph
    return RevisionRecord(
        run=uuid.uuid4().hex,
        revision=revision,
        direction=word,
        file_sha256=scripts.checksum_alone(revision) if is_there else "",
        parents=scripts.graph.revision(revision).parents if is_there else (),
        started_at=now(),
        duration_ms=0,
        replaces=scripts.graph.revision(revision).replaces if is_there else (),
    )


def _decided(
    graph: Graph, revisions: Sequence[str], before: Collection[str], journal: Journal
) -> set[str]:
    """What is said of: all below and above the revisions, or everything for base or none."""
    stamped = [graph.resolve(revision, before) for revision in revisions]
    if not stamped or not all(stamped):
        return {*journal.applied(), *(revision.id for revision in graph)}
    return graph.lineage({id_ for ids in stamped for id_ in ids}, dependencies=True)
