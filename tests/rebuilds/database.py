"""Databases for rebuilds: made by raw SQL, opened as an application that enforces keys does."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import sqlalchemy as sa

JOURNALS = ("delete", "wal")


def made(folder: Path, sql: str, journal: str = "delete") -> Path:
    """A file in which the script was run."""
    path = folder / "database.sqlite"
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute(f"PRAGMA journal_mode = {journal}")
    raw.executescript(sql)
    raw.close()
    return path


def application(path: Path) -> sa.Engine:
    """An engine that turns foreign keys on, as many applications do."""
    engine = sa.create_engine(f"sqlite:///{path}")

    @sa.event.listens_for(engine, "connect")
    def connect(raw: sqlite3.Connection, _: object) -> None:
        raw.execute("PRAGMA foreign_keys = ON")

    return engine
