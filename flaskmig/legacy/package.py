"""``alembic`` itself, beside the modules in it."""

from __future__ import annotations

__all__ = ["__version__"]

# The release of Alembic whose calls these are.
__version__ = "1.20.1"
