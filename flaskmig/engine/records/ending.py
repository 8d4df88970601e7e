"""The end of a revision in one statement: the version row and the record in the journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flaskmig.errors import HistoryError

if TYPE_CHECKING:
    from flaskmig.engine.records.history import History
    from flaskmig.engine.records.journal import Journal
    from flaskmig.engine.records.journal_rows import RevisionRecord

# The journal takes no NULL there, so that what else is in the message is not carried out.
_ONCE = "CASE WHEN (SELECT pg_catalog.count(*) FROM moved) = 1 THEN 0 END"
_PLACE = "ordinal"
# not_null_violation (PostgreSQL documentation, appendix A)
_REFUSED = "23502"


def ending(
    history: History,
    journal: Journal,
    before: Iterable[str],
    after: Iterable[str],
    record: RevisionRecord,
) -> str:
    """What goes from the rows ``before`` to those ``after`` and says that the revision is done.

    For PostgreSQL, as it stands; the database refuses it where the row to replace is not there
    once. "" where it takes more than one statement.
    """
    change = history.as_text(before, after)
    note = journal.as_text(record, ordinal=_ONCE) if change else ""
    return f"WITH moved AS ({change} RETURNING 1) {note}" if note else ""


def refused(error: BaseException, history: History, journal: Journal) -> HistoryError | None:
    """The error to raise where that is why the database refused the statement of `ending`."""
    driver_error = getattr(error, "orig", None)
    state = getattr(driver_error, "sqlstate", None) or getattr(driver_error, "pgcode", None)
    said = getattr(driver_error, "diag", None)
    place = (getattr(said, "table_name", None), getattr(said, "column_name", None))
    if state != _REFUSED or place != (journal.table.name, _PLACE):
        return None
    return history.changed_meanwhile()
