"""What the commands do about what is not as flaskmig left it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from flaskmig.engine.commands.moved_files import refuse_moved
from flaskmig.engine.commands.recorded import read_both, without_superseded
from flaskmig.errors import ChangedRevisionError, HistoryError

if TYPE_CHECKING:
    from flaskmig.engine.commands.findings import Finding
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.records.history import History
    from flaskmig.engine.records.journal_rows import RevisionRecord
    from flaskmig.engine.revisions.graph import Revision

_MEND = (
    "bring back the file as it was applied and put the change into a new revision; "
    "`flask db repair` says what else there is"
)
MEND_OR_ACCEPT = (
    "bring back the file as it was applied; or, where its downgrade() is right as it is now, "
    "`flask db downgrade --accept-changed`"
)
# What is about the files of applied revisions, and not about the version table.
_ABOUT_FILES = frozenset({"changed", "moved", "missing", "forged"})
_SHOWN = 3


def about_files(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that are about the files of applied revisions."""
    return tuple(each for each in found if each.kind in _ABOUT_FILES)


def warnings(found: Iterable[Finding]) -> tuple[str, ...]:
    """A line for each of them; of many of one kind the first, and how many more there are.

    What a script of ours or another tool applied is no reason to warn at each upgrade.
    """
    by_kind: dict[str, list[Finding]] = {}
    for each in (each for each in found if each.kind != "unrecorded"):
        by_kind.setdefault(each.kind, []).append(each)
    return tuple(line for alike in by_kind.values() for line in _lines(alike))


def _lines(alike: list[Finding]) -> Iterator[str]:
    yield from (each.message for each in alike[:_SHOWN])
    more = len(alike) - _SHOWN
    if more > 0:
        yield f"and {more} more like the last; `flask db repair` lists them"


def refuse_changed(found: Collection[Finding], *, hint: str = _MEND) -> None:
    """Raise ChangedRevisionError where there are any.

    Of one that was moved its own hint is the way out: what it follows by now never ran.
    """
    hint = next((each.hint for each in found if each.kind == "moved"), hint)
    if found:
        raise ChangedRevisionError(
            "\n".join(each.message for each in found),
            revision=next(iter(found)).revision,
            hint=hint,
        )


def refuse_by_journal(scripts: Scripts, history: History, path: Iterable[Revision]) -> None:
    """Raise HistoryError where the journal says that the path is not the one to run.

    It would run something a second time, or pass over something that never ran.
    """
    rows, found = read_both(history)
    records = without_superseded(scripts, found)
    _refuse_second_run(scripts, history, path, rows, records)
    refuse_moved(scripts, history, rows, records)


def _refuse_second_run(
    scripts: Scripts,
    history: History,
    path: Iterable[Revision],
    rows: Collection[str],
    records: Mapping[str, RevisionRecord],
) -> None:
    """Raise HistoryError where the path runs what was applied here and not undone.

    Something took the row out of the version table; to run a revision twice can ruin rows.
    """
    graph = scripts.graph
    applied = graph.ancestors(row for row in rows if row in graph)
    recorded = {id_ for id_, record in records.items() if record.is_applied}
    again = [id_ for each in path for id_ in (*each.replaces, each.id) if id_ in recorded - applied]
    if not again:
        return
    at = " ".join(sorted(rows)) or "base"
    known = {id_ for id_ in again if id_ in graph}
    top = " ".join(sorted(graph.topmost(applied | known) - applied) or again[-1:])
    one = len(again) == 1
    raise HistoryError(
        f"{'revision' if one else 'revisions'} {', '.join(again)} {'was' if one else 'were'} "
        f"applied here and not undone by flaskmig, and {history.table.fullname} does not have "
        f"{'it' if one else 'them'}: an upgrade would run {'it' if one else 'them'} a second time",
        hint=f"if still applied, `flask db stamp {top}`; if something else undid it, "
        f"`flask db stamp {at}`, and then upgrade",
    )
