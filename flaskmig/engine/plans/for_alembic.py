"""Operations as the functions of a revision file that Alembic runs as well.

What Alembic has a call for is that call; on SQLite what needs a new table is a batch block, where
such a block loses nothing. Everything else is the SQL of the database that the file is written
against, in ``op.execute``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flaskmig.engine.migrating.carried_schema import CarriedSchema
from flaskmig.engine.plans.alembic_lines import AlembicLines
from flaskmig.engine.plans.groups import groups_of
from flaskmig.engine.plans.single_steps import named, stepwise
from flaskmig.engine.rendering.render import Rendered, key_columns
from flaskmig.engine.rendering.source_writer import SourceWriter
from flaskmig.operations import Operation

if TYPE_CHECKING:
    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.detecting.differences import Diff
    from flaskmig.engine.rendering.remarks import Losses
    from flaskmig.engine.rendering.source_writer import Override
    from flaskmig.schema import Schema


def alembic_functions(found: Diff, direction: str, *, back: Diff | None = None) -> Rendered:
    """The function for ``direction``, "upgrade" or "downgrade", of a file that is for both tools.

    ``back`` is the way back where it is another than the reverse.

    The way back stops by itself where a row has no value for a column that comes back: nothing of
    Alembic's says so beforehand.
    """
    before = found.current
    found = replace(found, operations=named(found.operations, before, found.dialect))
    if direction == "downgrade":
        before = carried(found.operations, before, found.dialect)
        found = found.reverse() if back is None else back
        found = replace(found, operations=named(found.operations, before, found.dialect))
    return render_for_alembic(
        [each for operation in found.with_conversions for each in stepwise(operation)],
        before,
        found.dialect,
        override=found.override,
        losses=found.losses,
        guesses=found.guesses,
    )


def render_for_alembic(
    operations: Sequence[Operation],
    before: Schema,
    dialect: Dialect,
    *,
    override: Override | None = None,
    losses: Losses | None = None,
    guesses: Losses | None = None,
) -> Rendered:
    """The lines that carry out the operations on a database that is as ``before``.

    ``override``, ``losses`` and ``guesses`` are as `render` takes them.
    """
    writer = SourceWriter(dialect.name, override, frozenset(key_columns(operations)))
    made = AlembicLines(writer, dialect, CarriedSchema(before, dialect), losses, guesses)
    lines: list[str] = []
    for group in groups_of(operations, dialect):
        lines += made.remarks(group)
        lines += made.lines(group)
        made.carry(group)
    ordered = sorted(writer.imports, key=lambda line: (line.startswith("from "), line))
    own = sorted(writer.own, key=lambda source: source.code)
    return Rendered(tuple(lines), tuple(ordered), tuple(own))


def carried(operations: Sequence[Operation], before: Schema, dialect: Dialect) -> Schema:
    """The schema after the operations, with the texts that the database keeps."""
    found = CarriedSchema(before, dialect)
    for group in groups_of(operations, dialect):
        found.apply(group)
    return found.schema
