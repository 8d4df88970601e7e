"""What one database says of its revisions: the version rows, and the records that count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flaskmig.engine.records.journal import journal_of

if TYPE_CHECKING:
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.records.history import History
    from flaskmig.engine.records.journal_rows import RevisionRecord


def without_superseded(
    scripts: Scripts, records: Mapping[str, RevisionRecord]
) -> Mapping[str, RevisionRecord]:
    """The records less those of replaced revisions that a later one of what replaces them ends.

    Once the squashed revision was applied, or undone, it is what says whether they are.
    """
    by = scripts.replacers

    def is_superseded(revision: str, record: RevisionRecord) -> bool:
        squashed = by.get(revision)
        latest = records.get(squashed.id) if squashed is not None else None
        return latest is not None and latest.started_at > record.started_at

    if not by:
        return records
    return {id_: each for id_, each in records.items() if not is_superseded(id_, each)}


def read_both(history: History) -> tuple[frozenset[str], Mapping[str, RevisionRecord]]:
    """The version rows and the last records of the journal, both of one moment.

    An upgrade that commits between two readings changes both, and would look like a forgery.
    """
    journal = journal_of(history)
    rows = history.rows()
    while True:
        records = journal.last_records()
        before, rows = rows, history.rows()
        if rows == before:
            return rows, records
