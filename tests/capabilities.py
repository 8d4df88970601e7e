"""What the installed SQLAlchemy can say, where its releases differ."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.sql.schema import SchemaItem


def knows(construct: type[SchemaItem], option: str) -> bool:
    """Whether it takes an option such as ``postgresql_include`` on a construct."""
    database, _, name = option.partition("_")
    dialect: type[PGDialect] | type[SQLiteDialect]
    dialect = PGDialect if database == "postgresql" else SQLiteDialect
    return any(
        known is construct and name in options
        for known, options in dialect.construct_arguments or ()
    )


NULLS_NOT_DISTINCT = knows(sa.UniqueConstraint, "postgresql_nulls_not_distinct")
UNIQUE_INCLUDE = knows(sa.UniqueConstraint, "postgresql_include")
TABLE_WITH = knows(sa.Table, "postgresql_with")
TABLE_STRICT = knows(sa.Table, "sqlite_strict")
