"""What SQLAlchemy tables say of themselves as a whole: comment and options."""

from __future__ import annotations

import sqlalchemy as sa

from flaskmig.engine.models.columns import comment_of
from flaskmig.engine.models.expressions import Expressions
from flaskmig.engine.models.indexes import storage_options
from flaskmig.schema import OptionValue, Settings


def read_settings(expressions: Expressions, table: sa.Table) -> Settings:
    """The table's comment and options as this database would have them."""
    options: dict[str, OptionValue] = {}
    if expressions.dialect.name == "sqlite":
        if expressions.option(table, "strict"):
            options["strict"] = True
        if expressions.option(table, "with_rowid") is False:
            options["without_rowid"] = True
    else:
        if any(str(prefix).strip().upper() == "UNLOGGED" for prefix in table._prefixes):
            options["unlogged"] = True
        for name in ("tablespace", "partition_by"):
            value = expressions.option(table, name)
            if value:
                options[name] = str(value)
        for name, value in storage_options(expressions.option(table, "with")):
            options[f"with.{name}"] = value
    return Settings(comment=comment_of(expressions, table), options=tuple(sorted(options.items())))
