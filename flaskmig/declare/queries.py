"""The queries of views: as SQL of one database, and what they read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import Dialect as SQLAlchemyDialect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import visitors
from sqlalchemy.sql.selectable import SelectBase

from flaskmig.errors import ConfigurationError
from flaskmig.schema.definitions import tidy

Query: TypeAlias = str | sa.TextClause | SelectBase

_SPACE_AT_END = re.compile(r"[ \t]+$", re.MULTILINE)


def query_text(query: Query, compiler: SQLAlchemyDialect, what: str) -> str:
    """A query as SQL with its literals inline; raises ConfigurationError."""
    if isinstance(query, str):
        return tidy(query)
    try:
        compiled = query.compile(dialect=compiler, compile_kwargs={"literal_binds": True})
    except (SQLAlchemyError, NotImplementedError) as error:
        raise ConfigurationError(
            f"{what}: {compiler.name} has no SQL for its query: {error}",
            hint="write the query as text",
        ) from error
    text = str(compiled)
    if all(line.count("'") % 2 == 0 for line in text.split("\n")):
        # SQLAlchemy ends lines with a space. Inside of a string it might be one that counts.
        text = _SPACE_AT_END.sub("", text)
    return text.strip() if isinstance(query, SelectBase) else tidy(text)


def query_uses(query: Query) -> Iterator[tuple[sa.Table, str]]:
    """The tables and columns that a ``select()`` reads; "" for a table without any."""
    if not isinstance(query, SelectBase):
        return
    tables: dict[sa.Table, set[str]] = {}
    for element in visitors.iterate(query):
        if isinstance(element, sa.Table):
            tables.setdefault(element, set())
        elif isinstance(element, sa.Column) and isinstance(element.table, sa.Table):
            tables.setdefault(element.table, set()).add(element.name)
    for table, columns in tables.items():
        yield from ((table, column) for column in sorted(columns) or [""])
