"""SQL scripts of revision files that begin and commit transactions of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.sql.elements import TextClause

from flaskmig.engine.migrating.raw_sql import (
    control_word,
    controls_transaction,
    statements_of,
    transaction_control,
)

if TYPE_CHECKING:
    from sqlalchemy import Executable

_LEFT_OUT = frozenset({"BEGIN", "COMMIT"})


def one_by_one(clause: Executable, dialect: str) -> Sequence[Executable]:
    """The statement; those of a PostgreSQL script with its own transactions one after the other.

    As one text its COMMIT would be the server's, and not ours to leave out. A script that rolls
    back, or does more than that, stays as it is.
    """
    if dialect != "postgresql" or not isinstance(clause, TextClause) or clause._bindparams:
        return (clause,)
    if transaction_control(clause.text, dialect) is None:
        return (clause,)
    found = statements_of(clause.text, dialect)
    words = {control_word(each) for each in found if controls_transaction(each)}
    return [text(each) for each in found] if words <= _LEFT_OUT else (clause,)
