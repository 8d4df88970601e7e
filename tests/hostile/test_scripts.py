"""Hostile names and texts in the scripts that --sql prints, run by psql and as sqlite3 runs one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tests.conftest import MakeDatabase
from tests.execute.chain import Chain
from tests.hostile.payloads import FIXED
from tests.hostile.units import Unit, literal, quoted
from tests.hostile.witness import catalogue, require_no_canary
from tests.postgres import Server

UNITS = [Unit(number, payload) for number, payload in enumerate(FIXED)]


def revisions(database: str) -> tuple[str, str]:
    """What makes a table of each payload, and what changes it so that the script has remarks."""
    made, changed = [], []
    for unit in UNITS:
        table, text = unit.table, unit.payload
        comment = f", comment={text!a}" if database == "postgresql" else ""
        made.append(
            f"op.create_table({table!a}, sa.Column('id', sa.Integer, primary_key=True), "
            f"sa.Column({unit.column!a}, sa.Text, server_default={text!a}{comment}))"
        )
        added = f"sa.Column({unit.name('x')!a}, sa.Text, nullable=False)"
        filled = f"sa.text({literal(text)!a}.replace(':', chr(92) + ':'))"
        if "\\" not in text:
            changed.append(f"op.add_column({table!a}, {added}, backfill={filled})")
        changed.append(
            f"op.alter_column({table!a}, {unit.column!a}, existing_type=sa.Text(), nullable=False)"
        )
        query = f"SELECT {literal(text)} AS x FROM {quoted(table)} -- {text.splitlines()[0]}"
        changed.append(f"op.create_view({unit.name('v')!a}, {query!a})")
    return "\n".join(made), "\n".join(changed)


@pytest.mark.parametrize("conforming", ["on", "off"])
def test_postgresql(
    make_database: MakeDatabase, postgresql_server: Server, tmp_path: Path, conforming: str
) -> None:
    """psql makes of the script what an upgrade makes, on a server of either kind of strings."""
    online, offline = make_database("postgresql"), make_database("postgresql")
    text = _script(online, tmp_path)
    url = offline.url.set(drivername="postgresql").render_as_string(hide_password=False)
    done = subprocess.run(
        [postgresql_server.binaries / "psql", "-X", "-q", "-d", url, "-f", "-"],
        input=text,
        text=True,
        encoding="utf-8",
        capture_output=True,
        check=False,
        env={**os.environ, "PGOPTIONS": f"-c standard_conforming_strings={conforming}"},
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[:500]
    assert "ERROR" not in done.stderr, done.stderr[:500]
    _require_alike(online, offline, tmp_path)


def test_sqlite(make_database: MakeDatabase, tmp_path: Path) -> None:
    """sqlite3 makes of the script what an upgrade makes."""
    online, offline = make_database("sqlite"), make_database("sqlite")
    text = _script(online, tmp_path)
    lines = [line for line in text.split("\n") if line != ".bail on"]
    raw: Any = sqlite3.connect(str(offline.url.database))
    try:
        raw.executescript("\n".join(lines))
    finally:
        raw.close()
    _require_alike(online, offline, tmp_path)


def _script(engine: Engine, folder: Path) -> str:
    """The script of two revisions, which the database has been upgraded by already."""
    chain = Chain(folder, engine)
    for id_, body in zip(("a1", "b2"), revisions(engine.dialect.name), strict=True):
        chain.add(id_, body)
    chain.upgrade()
    plan, text = chain.script()
    assert plan.is_complete, plan.notes
    return text


def _require_alike(online: Engine, offline: Engine, folder: Path) -> None:
    wanted, found = catalogue(online), catalogue(offline)
    unlike = {name for name in {*wanted, *found} if wanted.get(name) != found.get(name)}
    assert not unlike, f"not as an upgrade makes it: {sorted(unlike)[:5]!a}"
    for engine in (online, offline):
        require_no_canary(engine, folder)
        with engine.connect() as connection:
            rows = connection.execute(sa.text("SELECT version_num FROM alembic_version"))
            assert list(rows.scalars()) == ["b2"]
