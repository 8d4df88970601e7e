"""The real Alembic, run on a folder of revision files without an env.py."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

Way = Literal["upgrade", "downgrade", "stamp"]


def scripts_of(folder: Path, **options: str) -> ScriptDirectory:
    """The revision files of a migrations folder, as Alembic reads them."""
    config = Config(stdout=StringIO())
    config.set_main_option("script_location", str(folder))
    for name, value in options.items():
        config.set_main_option(name, value)
    return ScriptDirectory.from_config(config)


def run(
    engine: sa.Engine,
    scripts: ScriptDirectory,
    way: Way,
    target: str,
    metadata: sa.MetaData | None = None,
) -> None:
    """Go to ``target`` as Alembic's command of that name does."""
    moves: dict[str, Any] = {
        "upgrade": scripts._upgrade_revs,
        "downgrade": scripts._downgrade_revs,
        "stamp": scripts._stamp_revs,
    }

    def steps(rows: Any, context: Any) -> Iterable[Any]:
        found: Iterable[Any] = moves[way](target, rows)
        return found

    with (
        EnvironmentContext(Config(), scripts, fn=steps, destination_rev=target) as environment,
        engine.connect() as connection,
    ):
        if connection.dialect.name == "sqlite":
            # As applications have it that never asked for anything else.
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.commit()
        environment.configure(connection=connection, target_metadata=metadata)
        with environment.begin_transaction():
            environment.run_migrations()
    engine.dispose()


def rows_of(engine: sa.Engine, table: str = "alembic_version") -> list[str]:
    """The version table's rows, in the order of the ids."""
    with engine.connect() as connection:
        query = sa.text(f"SELECT version_num FROM {table} ORDER BY version_num")
        return [str(value) for value in connection.execute(query).scalars()]
