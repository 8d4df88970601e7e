"""Work that was cut off and that a person must look at: what to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flaskmig.errors import InterruptedRevisionError

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.records.journal_rows import RevisionRecord, Unfinished


class FinishedElsewhere(BaseException):
    """Another process has gone on with the revision meanwhile, to its end.

    Not an Exception: a revision file that catches those must not go on past it.
    """


def interrupted(
    record: RevisionRecord, reason: str, *, statement: str = "", hint: str = ""
) -> InterruptedRevisionError:
    """The error for a revision that cannot be resumed as it is."""
    return InterruptedRevisionError(
        f"revision {record.revision} was cut off and cannot be resumed: {reason}",
        revision=record.revision,
        statement=statement,
        hint=hint or way_out(record.revision),
    )


def in_doubt(record: RevisionRecord, statement: str) -> InterruptedRevisionError:
    """The error for a statement of which nobody knows whether it took effect."""
    revision = record.revision
    return interrupted(
        record,
        f"whether this statement took effect is not known: {_short(statement)}",
        statement=statement,
        hint=f"look whether it did; then `flask db resolve {revision} --ran` if it did, or "
        f"`flask db resolve {revision} --not-run` if it did not, and run the command again",
    )


def half_committed(record: RevisionRecord, statement: str, said: str) -> InterruptedRevisionError:
    """The error for a statement that failed and may have committed a part of what it did."""
    revision = record.revision
    return interrupted(
        record,
        f"{_short(statement)} failed ({said.strip()}), and what it committed before that is not "
        "known",
        statement=statement,
        hint="look what it did; where nothing of it is left, "
        f"`flask db resolve {revision} --not-run`, where you have completed it by hand, "
        f"`flask db resolve {revision} --ran`, and run the command again",
    )


def changed(record: RevisionRecord) -> InterruptedRevisionError:
    """The error for a revision whose file is not the one that was begun."""
    by_hand = way_out(record.revision)
    return interrupted(
        record,
        "its file was changed since it was cut off",
        hint=f"bring back the file as it was and run the command again; or {by_hand}",
    )


def other_unfinished(
    unfinished: Unfinished, option: str = "", *, has_file: bool = True
) -> InterruptedRevisionError:
    """The error where something else is to run while a revision is half done.

    ``option`` is what `bind_option` says; ``has_file`` is whether the revision can go on at all.
    """
    revision = unfinished.revision
    again = f"run `{again_with(unfinished, option)}` so that it goes on"
    return InterruptedRevisionError(
        f"the {unfinished.direction} of revision {revision} was cut off and is half done",
        revision=revision,
        hint=f"{again if has_file else f'bring its file back and {again}'}; or "
        f"{way_out(revision, option)}",
    )


def again_with(unfinished: Unfinished, option: str = "") -> str:
    """The command whose first step is what was cut off, also where there are several heads."""
    revision = unfinished.revision
    if unfinished.direction == "downgrade":
        below = next(iter(unfinished.parents), "base")
        return f"flask db downgrade {revision}@{below}{option}"
    return f"flask db upgrade {revision}{option}"


def bind_option(project: Project, bind: str) -> str:
    """The option that makes a command be about that bind alone; "" where there is but one."""
    return f" --bind {bind or 'default'}" if bind or len(project.binds) > 1 else ""


def way_out(revision: str, option: str = "") -> str:
    """What a person can do by hand about a revision that was cut off."""
    return (
        "do by hand what is missing of it and then "
        f"`flask db resolve {revision} --applied{option}`, or undo by hand what it did and then "
        f"`flask db resolve {revision} --undone{option}`"
    )


def _short(statement: str) -> str:
    line = " ".join(statement.split())
    return line if len(line) <= 200 else f"{line[:199]}…"
