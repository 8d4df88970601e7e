"""Constraints without a name, found again in a database by what they are."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from sqlalchemy.engine import Connection

from flaskmig import sql
from flaskmig.dialects.base import Dialect
from flaskmig.engine.comparing.matching import Equivalent, match_constraints
from flaskmig.engine.detecting.settled import Settler
from flaskmig.schema import Check, Constraint, Exclude, Schema, Table


def find_alike(
    table: Table, wanted: Constraint, dialect: Dialect, connection: Connection
) -> Constraint | None:
    """The constraint of ``table``, as the database has it, that is ``wanted`` but for its name.

    Where the texts do not agree the database is asked how it would spell ``wanted``.
    """
    equivalent = partial(sql.equivalent, dialect=dialect.name)
    nameless = replace(wanted, name=None)
    found = _match(table, nameless, equivalent)
    if found is not None or not isinstance(wanted, Check | Exclude):
        return found
    settler = Settler(dialect, connection, equivalent)
    asked = replace(table, constraints=(nameless,))
    settled = settler.settle(Schema(tables=(table,)), Schema(tables=(asked,)))
    return _match(table, settled.tables[0].constraints[0], equivalent)


def _match(table: Table, wanted: Constraint, equivalent: Equivalent) -> Constraint | None:
    matched = match_constraints(table.constraints, (wanted,), equivalent)
    return next((before for before, _ in (*matched.kept, *matched.renamed)), None)
