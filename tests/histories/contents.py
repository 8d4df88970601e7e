"""What is in a database: its schema and its rows, read without flaskmig."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from typing import Any, TypeAlias

import sqlalchemy as sa

from tests.histories import sqlite_tables
from tests.postgres import Server

JOURNAL = "flaskmig_journal"

SchemaParts: TypeAlias = Mapping[str, object]
Rows: TypeAlias = Mapping[str, list[dict[str, Any]]]

# Statements of a dump about the session and not about the database.
_SESSION = re.compile(r"^(SET |SELECT pg_catalog\.set_config|\\)")


def schema_of(engine: sa.Engine, server: Server | None) -> SchemaParts:
    """Each object of a database by its name, with what is said of it; the journal left out."""
    if engine.dialect.name == "sqlite":
        return _sqlite_schema(engine)
    assert server is not None
    return _postgresql_schema(engine, server)


def rows_of(engine: sa.Engine) -> Rows:
    """The rows of every table, each as a mapping of columns to values; the journal left out."""
    found = {}
    with engine.connect() as connection:
        for name in sorted(sa.inspect(connection).get_table_names()):
            if name != JOURNAL:
                quoted = connection.dialect.identifier_preparer.quote(name)
                every = connection.exec_driver_sql(f"SELECT * FROM {quoted}").mappings()
                found[name] = [{key: _plain(value) for key, value in row.items()} for row in every]
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _sqlite_schema(engine: sa.Engine) -> SchemaParts:
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    found: dict[str, object] = {}
    with engine.connect() as connection:
        for kind, name, table, sql in connection.exec_driver_sql(query):
            if table == JOURNAL or name.startswith("sqlite_"):
                continue
            if kind == "table":
                found |= {
                    f"{kind} {name} {part}": of for part, of in sqlite_tables.table(sql).items()
                }
            else:
                found[f"{kind} {name}"] = sqlite_tables.tokens(sql)
    return found


def _postgresql_schema(engine: sa.Engine, server: Server) -> SchemaParts:
    url = f"postgresql://postgres@127.0.0.1:{server.port}/{engine.url.database}"
    command = [str(server.binaries / "pg_dump"), "--schema-only", "--no-owner", "--no-privileges"]
    command += [f"--exclude-table={JOURNAL}*", url]
    environment = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    lines = (line for line in done.stdout.splitlines() if not line.startswith("--"))
    statements = " ".join(" ".join(lines).split()).split("; ")
    return {text: True for text in statements if text and not _SESSION.match(text)}
