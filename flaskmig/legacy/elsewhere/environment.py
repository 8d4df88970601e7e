"""``alembic.runtime.environment``: what env.py files are made of."""

from __future__ import annotations

from flaskmig.legacy.elsewhere import Elsewhere

__all__ = ["EnvironmentContext"]

EnvironmentContext = Elsewhere("alembic.runtime.environment", "EnvironmentContext")
