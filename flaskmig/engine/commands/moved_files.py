"""Files of applied revisions that were moved behind revisions that never ran on a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from flaskmig.engine.files.source import checksum
from flaskmig.engine.records.journal import journal_of
from flaskmig.errors import ChangedRevisionError

if TYPE_CHECKING:
    from collections.abc import Collection

    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.records.history import History
    from flaskmig.engine.records.journal_rows import RevisionRecord


def moved_files(
    scripts: Scripts, history: History, rows: Collection[str], records: Mapping[str, RevisionRecord]
) -> dict[str, tuple[str, ...]]:
    """What never ran and counts as applied, the oldest first, by the revision that follows it now.

    ``records`` are the last ones of each revision. Of a row that no file has nobody knows what it
    implies, so that nothing is said then.
    """
    graph = scripts.graph
    applied = {id_: each.parents for id_, each in records.items() if each.is_applied}
    known = (id_ for id_ in applied if id_ in graph)
    # Mostly all are what they were, however long the history is.
    if all(applied[id_] == graph.revision(id_).parents for id_ in known):
        return {}
    if not all(row in graph for row in rows):
        return {}
    from flaskmig.engine.revisions.moved import moved

    look = partial(
        moved,
        graph,
        rows,
        applied,
        replaced=lambda: scripts.replaced,
        is_renamed=partial(_is_renamed, scripts, records),
    )
    found = look()
    # A program with other files may have run a squashed revision, which did their work.
    done = journal_of(history).replaced_by(found) if found else ()
    return look(done=done) if done else found


def described_move(scripts: Scripts, revision: str, skipped: Sequence[str]) -> str:
    """What to say of a file that was moved."""
    path = scripts.graph.revision(revision).path
    behind = " and ".join(scripts.graph.revision(revision).parents)
    return (
        f"{path} was changed after revision {revision} was applied: it follows {behind} by now, "
        f"and {', '.join(skipped)} never ran here"
    )


def way_out(revision: str, former: Sequence[str], skipped: Sequence[str]) -> str:
    """What to do about a file that was moved; ``former`` are the parents that it had."""
    one = len(skipped) == 1
    below = "base" if not former else former[0] if len(former) == 1 else f"… below {revision}"
    return (
        f"if what {', '.join(skipped)} {'does' if one else 'do'} is in the database, `flask db "
        f"repair --accept {revision}`; if not, `flask db downgrade {below}` with the files from "
        "before, and then upgrade with these"
    )


def refuse_moved(
    scripts: Scripts, history: History, rows: Collection[str], records: Mapping[str, RevisionRecord]
) -> None:
    """Raise ChangedRevisionError where something never ran and would count as applied."""
    found = moved_files(scripts, history, rows, records)
    if not found:
        return
    revision, skipped = next(iter(found.items()))
    raise ChangedRevisionError(
        "\n".join(described_move(scripts, *each) for each in found.items()),
        revision=revision,
        hint=way_out(revision, records[revision].parents, skipped),
    )


def _is_renamed(
    scripts: Scripts, records: Mapping[str, RevisionRecord], old: str, new: str
) -> bool:
    """Whether the file of a revision is the one that another had, but for the id."""
    path = scripts.graph.revision(new).path
    record = records.get(old)
    if record is None or not record.file_sha256 or not path:
        return False
    return is_file_of(scripts, new, old, record)


def is_file_of(scripts: Scripts, new: str, old: str, record: RevisionRecord) -> bool:
    """Whether the file of ``new`` is the recorded one of ``old``, with another id."""
    content = scripts.source(new).content
    return checksum(content.replace(new.encode(), old.encode())) == record.file_sha256
