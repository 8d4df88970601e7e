"""What the words for revisions mean: ``head``, ``ab12``, ``+2``, ``billing@head``, ``ab12-1``.

Reserved words first, then exact ids, then branch labels, then relative forms, then partial ids.
``a@b`` is b on the line of a, which is a branch label or any revision: what is below it and what
is above it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from flaskmig.engine.revisions.lineage import Lineage, described
from flaskmig.errors import (
    AmbiguousRevisionError,
    MultipleHeadsError,
    RevisionNotFoundError,
)

RESERVED = frozenset({"head", "heads", "base", "current"})
_RELATIVE = re.compile(r"(?:(?P<branch>[^@]+)@)?(?P<symbol>[^@+]*?)(?P<steps>[+-]\d+)")


@dataclass(frozen=True, slots=True)
class Relative:
    """So many steps up (positive) or down from ``symbol``; without one, from the current."""

    text: str
    branch: str | None
    symbol: str | None
    steps: int


def parse_relative(lineage: Lineage, identifier: str) -> Relative | None:
    """The parts of ``+2``, ``rev-1``, ``label@+1``; None for what is not relative."""
    if identifier in lineage or lineage.labelled(identifier) is not None:
        return None
    match = _RELATIVE.fullmatch(identifier)
    if match is None:
        return None
    symbol = match["symbol"]
    if symbol == "current":
        symbol = ""
    return Relative(identifier, match["branch"], symbol or None, int(match["steps"]))


def resolve(
    lineage: Lineage, identifier: str | None, current: Collection[str] = ()
) -> tuple[str, ...]:
    """The ids that an identifier means; () is base, before everything.

    ``current`` holds the rows of the version table, for ``current`` and relative forms.

    Raises RevisionNotFoundError, AmbiguousRevisionError, MultipleHeadsError.
    """
    if identifier is None or identifier == "base":
        return ()
    if identifier == "current":
        return tuple(lineage.revision(id_).id for id_ in current)
    relative = parse_relative(lineage, identifier)
    if relative is not None:
        end = walk(lineage, start_of(lineage, relative, current), relative)
        return () if end is None else (end,)
    branch, at, symbol = identifier.rpartition("@")
    line = branch_line(lineage, branch) if at else None
    return _resolve_symbol(lineage, symbol, branch, line)


def resolve_one(lineage: Lineage, identifier: str, current: Collection[str] = ()) -> str:
    """The one id that an identifier means.

    Raises MultipleHeadsError where it means several and RevisionNotFoundError where it means
    base, besides what `resolve` raises.
    """
    ids = resolve(lineage, identifier, current)
    if len(ids) > 1:
        raise several_heads(lineage, identifier, ids)
    if not ids:
        raise RevisionNotFoundError(
            f"{identifier!r} is no revision: nothing is there yet",
            identifier=identifier,
            hint="name a revision; `flask db history` lists them",
        )
    return ids[0]


def branch_of(lineage: Lineage, name: str) -> str:
    """The revision that a branch is named by: a label, an id or a partial id."""
    if name in RESERVED:
        raise RevisionNotFoundError(
            f"{name!r} before @ names no branch",
            identifier=name,
            hint="before @ stands a branch label or a revision id, as in billing@head",
        )
    (found,) = _resolve_symbol(lineage, name, "", None)
    return found


def branch_line(lineage: Lineage, name: str) -> set[str]:
    """The revisions that ``name@`` restricts to."""
    return lineage.lineage([branch_of(lineage, name)])


def walk(
    lineage: Lineage,
    start: str | None,
    relative: Relative,
    *,
    steps: int | None = None,
    clamp: bool = False,
) -> str | None:
    """Where so many steps lead; None is base. With ``clamp`` the ends of the history hold.

    ``steps`` is how many of them to go, where that is not all.
    """
    line = branch_line(lineage, relative.branch) if relative.branch else None
    here = start
    for done in range(abs(relative.steps) if steps is None else steps):
        if relative.steps > 0:
            nearest = lineage.bases if here is None else lineage.children(here)
            if line is not None:
                nearest = tuple(id_ for id_ in nearest if id_ in line)
        elif here is not None:
            nearest = lineage.revision(here).parents
            if len(nearest) > 1 and line is not None:
                nearest = tuple(id_ for id_ in nearest if id_ in line)
            if not nearest:
                here = None
                continue
        else:
            nearest = ()
        if not nearest:
            if clamp:
                return here
            raise too_far(relative, done)
        if len(nearest) > 1:
            raise _fork(lineage, relative, here, nearest)
        here = nearest[0]
    return here


def start_of(lineage: Lineage, relative: Relative, current: Collection[str]) -> str | None:
    """The revision that a relative form counts from; None is base."""
    if relative.symbol is not None:
        line = branch_line(lineage, relative.branch) if relative.branch else None
        ids = _resolve_symbol(lineage, relative.symbol, relative.branch or "", line)
        if len(ids) > 1:
            raise several_heads(lineage, relative.symbol, ids)
        return ids[0] if ids else None
    rows = [lineage.revision(id_).id for id_ in dict.fromkeys(current)]
    if relative.branch:
        rows = _tips_on_branch(lineage, rows, relative.branch)
    if len(rows) > 1:
        raise AmbiguousRevisionError(
            f"{relative.text!r} is ambiguous: the database is at several revisions: "
            f"{described(lineage, rows)}",
            identifier=relative.text,
            candidates=rows,
            hint=f"say on which branch, as in {rows[0]}@{relative.steps:+d}, "
            "or name the revision to go to",
        )
    if not rows and relative.steps < 0:
        raise too_far(relative, 0)
    return rows[0] if rows else None


def several_heads(lineage: Lineage, identifier: str, heads: Sequence[str]) -> MultipleHeadsError:
    """The error for one head wanted and several there, with the two ways out."""
    labels = lineage.labels(heads[0])
    name = min(labels) if labels else heads[0]
    return MultipleHeadsError(
        f"{identifier!r} needs one head, but there are {len(heads)}: {described(lineage, heads)}",
        heads=heads,
        hint="join them with `flask db merge heads`, or say which: "
        f"`{name}@head` for one, `heads` for all",
    )


def _resolve_symbol(
    lineage: Lineage, symbol: str, branch: str, line: set[str] | None
) -> tuple[str, ...]:
    if symbol == "base":
        return ()
    if symbol == "heads":
        return lineage.effective_heads if line is None else _within(lineage.heads, line)
    if symbol == "head":
        heads = lineage.heads if line is None else _within(lineage.heads, line)
        if len(heads) > 1:
            raise several_heads(lineage, f"{branch}@head" if branch else "head", heads)
        return heads
    found = symbol if symbol in lineage else lineage.labelled(symbol)
    if found is None:
        found = _by_prefix(lineage, symbol, branch, line)
    if line is not None and found not in line:
        raise RevisionNotFoundError(
            f"revision {found} is not on the branch {branch!r}",
            identifier=f"{branch}@{symbol}",
            hint=f"`flask db history -r {branch}@base:{branch}@head` shows that branch",
        )
    return (found,)


def _by_prefix(lineage: Lineage, symbol: str, branch: str, line: set[str] | None) -> str:
    matches = lineage.starting_with(symbol) if symbol else []
    if line is not None:
        matches = [id_ for id_ in matches if id_ in line]
    if not matches:
        raise lineage.not_found(f"{branch}@{symbol}" if branch else symbol)
    if len(matches) > 1:
        shown = described(lineage, matches[:5]) + (", …" if len(matches) > 5 else "")
        raise AmbiguousRevisionError(
            f"{symbol!r} is ambiguous: {len(matches)} revisions start with it: {shown}",
            identifier=symbol,
            candidates=matches,
            hint="write more of the id",
        )
    return matches[0]


def _tips_on_branch(lineage: Lineage, rows: Sequence[str], branch: str) -> list[str]:
    """How far a branch is applied, where ``rows`` are applied."""
    line = branch_line(lineage, branch)
    tips = [id_ for id_ in rows if id_ in line]
    if tips:
        return tips
    # None of the rows is on the branch, yet they may imply revisions of it as dependencies.
    applied = _within(lineage.ancestors(rows), line)
    below = {down for id_ in applied for down in lineage.down(id_)}
    return sorted(id_ for id_ in applied if id_ not in below)


def _within(ids: Iterable[str], line: set[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ in line)


def too_far(relative: Relative, done: int) -> RevisionNotFoundError:
    """The error for a walk that the history ends after ``done`` steps."""
    asked = abs(relative.steps)
    where = "above" if relative.steps > 0 else "below"
    start = relative.symbol or "the current revision"
    count = f"only {done}" if done else "none"
    return RevisionNotFoundError(
        f"{relative.text!r} asks for {asked} revision{'s' * (asked != 1)} {where} {start}; "
        f"there {'is' if done < 2 else 'are'} {count}",
        identifier=relative.text,
        hint="`flask db history` lists them; `base` and `heads` are the ends",
    )


def _fork(
    lineage: Lineage, relative: Relative, here: str | None, nearest: Sequence[str]
) -> AmbiguousRevisionError:
    side = "above" if relative.steps > 0 else "below"
    return AmbiguousRevisionError(
        f"{relative.text!r} is ambiguous: {side} {here or 'base'} there are {len(nearest)} "
        f"revisions: {described(lineage, nearest)}",
        identifier=relative.text,
        candidates=nearest,
        hint="name the revision to go to"
        + (f", or the branch, as in {nearest[0]}@{relative.text}" if not relative.branch else ""),
    )
