"""Sets of models as applications have them; each module has ``metadata`` and ``DATABASES``.

``DATABASES`` names where the set can live. Nothing here knows flaskmig.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa


def sets() -> Iterator[Any]:
    """The name of each set with each database that it can live in, as parameters of a test."""
    for found in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{found.name}")
        for database in module.DATABASES:
            yield pytest.param(found.name, database, id=f"{found.name}-{database}")


def fresh(name: str) -> sa.MetaData:
    """The metadata of a set, made anew.

    ``create_all`` on PostgreSQL marks the foreign keys of a cycle as never inline, for good, so
    that a later one on SQLite would leave them out.
    """
    module = importlib.reload(importlib.import_module(f"{__name__}.{name}"))
    metadata: sa.MetaData = module.metadata
    return metadata
