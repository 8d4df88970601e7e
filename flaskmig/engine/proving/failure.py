"""What is said of a draft that does not do what it was written for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flaskmig.engine.migrating.blame import locks
from flaskmig.engine.migrating.callers import call_of
from flaskmig.errors import (
    ExecutionError,
    UnprovenRevisionError,
    UnsupportedOperationError,
)

if TYPE_CHECKING:
    from flaskmig.engine.files.draft import Draft

_FAULT = "this is a fault of flaskmig, or of a template or hook of your own"
# SQL of the models' own, or of a --backfill, is what a database refuses most often.
_REFUSED = f"mend what the statement has from the models or from --backfill; else {_FAULT}"
_WAY_OUT = "--no-verify writes the file as it is, to be mended by hand"


def failed_at(
    draft: Draft, bind: str, direction: str, error: BaseException
) -> UnprovenRevisionError:
    """An error for a function that stopped."""
    statement = error.statement if isinstance(error, ExecutionError) else ""
    cause = error.cause if isinstance(error, ExecutionError) and error.cause else error
    line = call_of(cause, str(draft.path)).line
    if line is None and isinstance(error, ExecutionError):
        line = error.line
    reason = str(getattr(cause, "orig", None) or getattr(cause, "message", None) or cause)
    # The place that errors of ours name is in a file that nobody can open yet.
    reason = reason.partition(f" (revision {draft.revision.id}, ")[0]
    said = [f"{direction}() fails on it: {' '.join(reason.split())}"]
    if statement:
        said.append(f"in the statement: {' '.join(statement.split())}")
    if line is not None:
        said.append(f"line {line} of the file: {draft.line(line)}")
    hint = locks(cause) or (_REFUSED if statement else "")
    if isinstance(error, UnsupportedOperationError):
        hint = error.hint
    return _error(bind, direction, said, statement, hint=hint)


def led_elsewhere(
    bind: str, direction: str, what: str, left: Sequence[str]
) -> UnprovenRevisionError:
    """An error for a function that ran and left something else than was wanted."""
    said = [f"{direction}() does not lead to {what}; it would still take:"]
    said += [f"  {line}" for line in left]
    return _error(bind, direction, said)


def _error(
    bind: str, direction: str, said: Sequence[str], statement: str = "", *, hint: str = ""
) -> UnprovenRevisionError:
    where = f" for the bind {bind}" if bind else ""
    lines = [f"the new revision is not written, because its trial{where} failed:", *said]
    return UnprovenRevisionError(
        "\n".join(lines),
        bind=bind,
        direction=direction,
        statement=statement,
        hint=f"{hint or _FAULT}; {_WAY_OUT}",
    )
