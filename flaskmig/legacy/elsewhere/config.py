"""``alembic.config``: what programs make to start a run."""

from __future__ import annotations

from flaskmig.legacy.elsewhere import Elsewhere

__all__ = ["CommandLine", "Config", "main"]

CommandLine = Elsewhere("alembic.config", "CommandLine")
Config = Elsewhere("alembic.config", "Config")
main = Elsewhere("alembic.config", "main")
