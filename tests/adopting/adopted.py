"""Adopting one of the projects in this process, and what else tests ask of it."""

from __future__ import annotations

from typing import Any

import pytest

import flaskmig
from flaskmig.engine.commands import Adopted
from flaskmig.errors import ConfigurationError, FlaskmigError
from tests.adopting.shop import Shop
from tests.adopting.test_there_and_back import include_object, numbered

HOOKS: dict[str, Any] = {
    "include_object": include_object,
    "process_revision_directives": numbered,
}


def adopt(shop: Shop, *, rewrite: bool = False, dry_run: bool = False, **options: Any) -> Adopted:
    """Adopt the project with options of Migrate."""
    with shop.ours(**options):
        return flaskmig.adopt(rewrite=rewrite, dry_run=dry_run)


def content_of(shop: Shop) -> list[Any]:
    """All that is in the database, as SQLite keeps it."""
    with shop.engines[""].connect() as connection:
        master = connection.exec_driver_sql("SELECT sql FROM sqlite_master ORDER BY name").all()
        rows = [
            connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1, 2").all()
            for name in sorted(shop.tables())
            if name != "alembic_version"
        ]
        return [master, rows, shop.rows()]


def refusal(shop: Shop, **options: Any) -> FlaskmigError:
    """What another command says of the project."""
    with shop.ours(**options), pytest.raises(ConfigurationError) as raised:
        flaskmig.current()
    return raised.value
