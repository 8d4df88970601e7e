"""`Case`: one folder, the models before and after and what ``case.toml`` says of them."""

from __future__ import annotations

import runpy
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.postgres import server_version

FOLDER = Path(__file__).parent
DATABASES = ("sqlite", "postgresql")
INSTALLED = tuple(int(part) for part in sa.__version__.split(".")[:3] if part.isdigit())

_LISTS = ("databases", "rename", "no_rename", "lossy")
_TABLES = ("requires", "backfill", "options", "becomes", "returns", "unlike")
_TEXTS = ("about", "sqlalchemy", "refuses")


@dataclass(frozen=True, kw_only=True)
class Case:
    """What one folder says.

    ``requires``: the lowest major version of a database's server. ``refuses``: the command that
    must fail, "migrate", "upgrade" or "downgrade". ``rename``: words for --rename. ``no_rename``:
    words for --no-rename. ``backfill``: SQL by "table.column". ``options``:
    keywords of Migrate. ``becomes``: what a cell is after the upgrade, as SQL over the row before
    it, by "table.column" of the models before; ``returns``: the same after the downgrade.
    ``lossy``: columns whose cells the downgrade does not bring back. ``unlike``: why the catalogue
    after "upgrade" or "downgrade" is not that of create_all.
    """

    folder: Path
    about: str = ""
    databases: tuple[str, ...] = DATABASES
    sqlalchemy: str = "2.0"
    requires: Mapping[str, int] = field(default_factory=dict)
    refuses: str = ""
    rename: tuple[str, ...] = ()
    no_rename: tuple[str, ...] = ()
    lossy: tuple[str, ...] = ()
    backfill: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    becomes: Mapping[str, Any] = field(default_factory=dict)
    returns: Mapping[str, Any] = field(default_factory=dict)
    unlike: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """ "object/case"."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    def can_run(self, database: str) -> bool:
        """Whether the installed SQLAlchemy can declare it, and the server have it."""
        if tuple(int(part) for part in self.sqlalchemy.split(".")) > INSTALLED:
            return False
        return database not in self.requires or server_version() >= self.requires[database]

    def models(self, side: str) -> sa.MetaData:
        """The metadata of "before" or "after", made anew.

        ``create_all`` leaves marks on metadata, so no two uses share one.
        """
        metadata = runpy.run_path(str(self.folder / f"{side}.py"))["metadata"]
        assert isinstance(metadata, sa.MetaData)
        return metadata

    def script(self, name: str, database: str) -> str | None:
        """The text of ``name.<database>.sql`` or ``name.sql``, None where there is neither."""
        for path in (self.folder / f"{name}.{database}.sql", self.folder / f"{name}.sql"):
            if path.exists():
                return path.read_text()
        return None

    def on(self, values: Mapping[str, Any], database: str) -> dict[str, Any]:
        """What a table of case.toml says for a database; [table.sqlite] is for that one alone."""
        common = {key: value for key, value in values.items() if key not in DATABASES}
        return {**common, **values.get(database, {})}


def read_case(folder: Path) -> Case:
    """The case of a folder; raises ValueError for a case.toml that says what nobody reads."""
    path = folder / "case.toml"
    said = tomllib.loads(path.read_text()) if path.exists() else {}
    values: dict[str, Any] = {}
    for key, value in said.items():
        if key in _LISTS and isinstance(value, list):
            values[key] = tuple(value)
        elif (key in _TABLES and isinstance(value, dict)) or (
            key in _TEXTS and isinstance(value, str)
        ):
            values[key] = value
        else:
            raise ValueError(f"{path} has {key} = {value!r}, which means nothing")
    case = Case(folder=folder, **values)
    unknown = set(case.databases) - set(DATABASES)
    if unknown or not case.databases:
        raise ValueError(f"{path} names the databases {list(case.databases)}")
    return case


def folders() -> list[Path]:
    """Every folder of tests/cases that has models."""
    return sorted(path.parent for path in FOLDER.glob("*/*/after.py"))
