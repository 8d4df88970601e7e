"""Both ways gone for one bind, and what they end in compared."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from flaskmig import sql
from flaskmig.dialects import dialect_of
from flaskmig.engine.commands.connections import connect
from flaskmig.engine.commands.squashing.carrying import Carrying
from flaskmig.engine.commands.squashing.contents import unlike
from flaskmig.engine.commands.squashing.parts import Part, Parts
from flaskmig.engine.commands.squashing.span import Span
from flaskmig.engine.commands.squashing.ways import Outcome, Ways, column_orders, scratch_for
from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.proving.proof import Proof
from flaskmig.errors import UnprovenRevisionError

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.draft import Draft
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The old way in the database of one bind, and what was found on it."""

    ways: Ways
    carrying: Carrying
    parts: Sequence[Part]
    outcome: Outcome


def go_old_way(project: Project, scripts: Scripts, span: Span, bind: str) -> Gone:
    """Go along the old revisions; raises UnprovenRevisionError, ConfigurationError."""
    ways = Ways(project=project, bind=bind, scripts=scripts, span=span)
    with connect(project, bind) as connection:
        dialect = dialect_of(connection)
        carrying = Carrying(
            project=project,
            bind=bind,
            scripts=scripts,
            dialect=dialect,
            default_schema=dialect.default_schema(connection),
        )
        parts = Parts(carrying, folds=True)
        with scratch_for(connection) as (_, scratch):
            outcome = ways.old(scratch, parts)
    return Gone(ways=ways, carrying=carrying, parts=parts.all(), outcome=outcome)


def prove(gone: Gone, draft: Draft, notes: list[str]) -> Proof:
    """Go the way of the draft, and see that it ends as the old one did.

    What is to be told of it is put into ``notes``. Raises UnprovenRevisionError.
    """
    started = time.monotonic()
    ways, old = gone.ways, gone.outcome
    with connect(ways.project, ways.bind) as connection:
        with scratch_for(connection) as (place, scratch):
            new = ways.new(scratch, draft)
        _require_same(gone, old.end, new.end, "upgrade", "the old revisions")
        tables = unlike(old.rows, new.rows)
        if tables:
            # A second run of the old ones tells which values are never the same twice.
            with scratch_for(connection) as (place, scratch):
                again = ways.old(scratch)
            tables = unlike(old.rows, new.rows, again.rows)
    if tables:
        raise _unproven(ways.bind, "upgrade", [f"the rows of {', '.join(tables)} differ"])
    _prove_way_back(gone, new, notes)
    return Proof(bind=ways.bind, place=place.place, seconds=time.monotonic() - started)


def _prove_way_back(gone: Gone, new: Outcome, notes: list[str]) -> None:
    old = gone.outcome
    if new.back is None:
        if old.back is not None:
            raise _unproven(gone.ways.bind, "downgrade", [new.way_back])
        notes.append(f"there is no way back, as there was none: {old.way_back}")
        return
    if not _left(gone, new.back, old.start, "downgrade"):
        return
    if old.back is None:
        raise _unproven(gone.ways.bind, "downgrade", ["it ends elsewhere than it began"])
    _require_same(gone, old.back, new.back, "downgrade", "the old revisions")
    notes.append("downgrade() does not lead back to what was there before, as it never did")


def _require_same(gone: Gone, wanted: Schema, found: Schema, direction: str, what: str) -> None:
    left = _left(gone, found, wanted, direction)
    if left:
        raise _unproven(gone.ways.bind, direction, [f"it is not what {what} lead to:", *left])


def _left(gone: Gone, found: Schema, wanted: Schema, direction: str) -> list[str]:
    """What would still have to be done to make one schema the other."""
    equivalent = partial(sql.equivalent, dialect=gone.carrying.dialect.name)
    left = [f"  {each}" for each in compare(found, wanted, equivalent=equivalent)]
    if direction == "downgrade":
        # A column that comes back does so at the end.
        return left
    orders = column_orders(wanted)
    left += [
        f"  put the columns of {table} in the order {', '.join(orders[table])}"
        for table, names in column_orders(found).items()
        if not left and names != orders.get(table)
    ]
    return left


def _unproven(bind: str, direction: str, said: Sequence[str]) -> UnprovenRevisionError:
    where = f" for the bind {bind}" if bind else ""
    return UnprovenRevisionError(
        "\n".join([f"{direction}() of the squashed revision does not do the same{where}:", *said]),
        bind=bind,
        direction=direction,
        statement="",
        hint="squash fewer revisions, without the one that this comes from",
    )
