"""What SQLAlchemy tables say of themselves as a whole: comment and options."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from flaskmig.engine.models.columns import comment_of
from flaskmig.engine.models.expressions import Expressions
from flaskmig.engine.models.indexes import storage_options
from flaskmig.errors import ConfigurationError
from flaskmig.schema import OptionValue, Settings


def with_elsewhere(read: Settings, elsewhere: Expressions, table: sa.Table) -> Settings:
    """The settings with those that the models want on the other kind of database."""
    there = read_settings(elsewhere, table, is_elsewhere=True)
    return read if there == read else replace(read, elsewhere=there)


def read_settings(
    expressions: Expressions, table: sa.Table, *, is_elsewhere: bool = False
) -> Settings:
    """The table's comment and options as this database would have them.

    AUTOINCREMENT is the column's, but where this is not the database that a file is written on.
    Raises ConfigurationError for a table that inherits from another.
    """
    if expressions.option(table, "inherits") and not is_elsewhere:
        raise ConfigurationError(
            f"{table.name} inherits from another table, which no operation can express",
            hint="make it with op.execute in a revision of its own, and give the model "
            'info={"skip_autogenerate": True}',
        )
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
    if expressions.option(table, "autoincrement") and is_elsewhere:
        options["autoincrement"] = True
    return Settings(comment=comment_of(expressions, table), options=tuple(sorted(options.items())))
