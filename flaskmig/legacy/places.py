"""Which of Alembic's modules revision files can import, and which of ours have their names."""

from __future__ import annotations

from collections.abc import Mapping

_OURS = "flaskmig.legacy"
_CALLS = "flaskmig.engine.calls"
_CUSTOM = f"{_CALLS}.custom"

_AUTOGENERATE = (f"{_OURS}.autogenerate", f"{_CUSTOM}.rewriter")
_COMMAND = (f"{_OURS}.elsewhere.command",)
_CONFIG = (f"{_OURS}.elsewhere.config",)
_DDL = (f"{_OURS}.ddl",)
_ENVIRONMENT = (f"{_OURS}.elsewhere.environment",)
_ERRORS = (f"{_CALLS}.command_errors",)
_MIGRATION = (f"{_OURS}.migration",)
_OPERATIONS = (f"{_OURS}.operations", f"{_CUSTOM}.ops")
_SCRIPT = (f"{_CALLS}.script",)
_UTIL = (f"{_OURS}.util", *_ERRORS)

# A name that several have is taken from the first.
PLACES: Mapping[str, tuple[str, ...]] = {
    "alembic": (f"{_OURS}.package",),
    "alembic.autogenerate": _AUTOGENERATE,
    "alembic.autogenerate.api": _AUTOGENERATE,
    "alembic.autogenerate.compare": _AUTOGENERATE,
    "alembic.autogenerate.render": _AUTOGENERATE,
    "alembic.autogenerate.rewriter": _AUTOGENERATE,
    "alembic.command": _COMMAND,
    "alembic.config": _CONFIG,
    "alembic.context": (f"{_OURS}.context",),
    "alembic.ddl": _DDL,
    "alembic.ddl.base": _DDL,
    "alembic.ddl.impl": _DDL,
    "alembic.ddl.postgresql": _DDL,
    "alembic.ddl.sqlite": _DDL,
    "alembic.environment": _ENVIRONMENT,
    "alembic.migration": _MIGRATION,
    "alembic.op": (f"{_OURS}.op",),
    "alembic.operations": _OPERATIONS,
    "alembic.operations.base": _OPERATIONS,
    "alembic.operations.ops": _OPERATIONS,
    "alembic.operations.toimpl": (f"{_CUSTOM}.toimpl",),
    "alembic.runtime": (),
    "alembic.runtime.environment": _ENVIRONMENT,
    "alembic.runtime.migration": _MIGRATION,
    "alembic.script": _SCRIPT,
    "alembic.script.base": _SCRIPT,
    "alembic.script.revision": (f"{_CALLS}.revision_errors",),
    "alembic.util": _UTIL,
    "alembic.util.exc": _ERRORS,
    "alembic.util.langhelpers": _UTIL,
    "alembic.util.messaging": _UTIL,
    "alembic.util.pyfiles": _UTIL,
}
