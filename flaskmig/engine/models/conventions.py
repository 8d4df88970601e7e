"""The naming convention that models have, as revision files feel it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

_KINDS: Mapping[Any, str] = {
    sa.PrimaryKeyConstraint: "pk",
    sa.UniqueConstraint: "uq",
    sa.CheckConstraint: "ck",
    sa.ForeignKeyConstraint: "fk",
    sa.Index: "ix",
}


def sole_metadata(models: object) -> sa.MetaData | None:
    """The one MetaData that ``models`` are; as in Alembic, several have no convention in common."""
    if isinstance(models, Sequence) and len(models) == 1:
        models = models[0]
    return models if isinstance(models, sa.MetaData) else None


def convention_of(models: object) -> dict[str, str]:
    """The convention by "pk", "uq", "ck", "fk" and "ix"; an empty one for several MetaData."""
    metadata = sole_metadata(models)
    convention: Mapping[Any, Any] = {} if metadata is None else metadata.naming_convention
    return {
        _KINDS.get(kind, kind): str(template)
        for kind, template in convention.items()
        if _KINDS.get(kind, kind) in _KINDS.values()
    }
