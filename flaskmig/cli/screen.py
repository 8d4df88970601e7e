"""One screen for each database: what `status` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flaskmig.engine.commands import Finding, Status

# So that many databases and long lists are still one screen each.
_SHOWN = 5
_WIDTH = 11
_FINE = "green"
_ODD = "yellow"
_TITLES = {
    "changed": "changed",
    "moved": "moved",
    "missing": "missing",
    "unknown": "unknown",
    "redundant": "redundant",
    "lost": "lost",
    "unrecorded": "unrecorded",
    "forged": "journal",
}


def status_lines(status: Status) -> Iterator[str]:
    """The lines of one database."""
    where = status.bind or "default"
    server = f" ({status.server})" if status.server else ""
    yield click.style(f"{where}: {status.url}{server}", bold=True)
    yield from _row("at", status.current or ["no revision"])
    yield from _row("heads", status.heads or ["none"])
    yield from _row("pending", _pending(status))
    unfinished = [text for each in status.unfinished for text in (str(each), f"({each.hint})")]
    yield from _row("unfinished", unfinished or ["nothing"], _ODD if unfinished else _FINE)
    yield from _findings(status)
    yield from _models(status)


def _pending(status: Status) -> list[str]:
    if status.pending is None:
        return ["not known"]
    if not status.pending:
        return ["nothing"]
    shown = ", ".join(status.pending[:_SHOWN])
    more = f" and {len(status.pending) - _SHOWN} more" if len(status.pending) > _SHOWN else ""
    return [f"{len(status.pending)}: {shown}{more}"]


def _findings(status: Status) -> Iterator[str]:
    if status.errors and not status.findings:
        yield from _row("files", ["not looked at"], _ODD)
        return
    if not status.findings:
        yield from _row("files", ["as they were applied"], _FINE)
        return
    by_kind: dict[str, list[Finding]] = {}
    for each in status.findings:
        by_kind.setdefault(each.kind, []).append(each)
    for kind, alike in by_kind.items():
        lines = [each.message for each in alike[:_SHOWN]]
        if len(alike) > _SHOWN:
            lines.append(f"and {len(alike) - _SHOWN} more")
        yield from _row(_TITLES[kind], [*lines, f"({alike[0].hint})"], _ODD)


def _models(status: Status) -> Iterator[str]:
    found = status.differences
    if found is None:
        yield from _row("models", [f"not compared: {status.not_compared}"])
    elif not found:
        yield from _row("models", ["no difference"], _FINE)
    else:
        count = f"{len(found)} difference{'s' if len(found) > 1 else ''} (flask db diff)"
        more = [f"and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
        yield from _row("models", [count, *found[:_SHOWN], *more], _ODD)


def _row(
    title: str, values: Sequence[str] | Iterable[str], colour: str | None = None
) -> Iterator[str]:
    lines = [line for value in values for line in value.splitlines() or [""]]
    for number, line in enumerate(lines):
        name = title if number == 0 else ""
        yield f"  {name:<{_WIDTH}} {click.style(line, fg=colour)}"
