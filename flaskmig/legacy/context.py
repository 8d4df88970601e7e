"""``alembic.context``: what a revision file asks of the run that it is part of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flaskmig.engine.calls.config import config_of
from flaskmig.engine.calls.script import directory_of
from flaskmig.engine.migrating.migration import current
from flaskmig.errors import UnsupportedOperationError
from flaskmig.legacy import op

__all__ = [
    "begin_transaction",
    "configure",
    "execute",
    "get_bind",
    "get_context",
    "get_head_revision",
    "get_head_revisions",
    "get_impl",
    "get_tag_argument",
    "get_x_argument",
    "is_offline_mode",
    "is_transactional_ddl",
    "requires_connection",
    "run_migrations",
    "static_output",
]


def find(name: str) -> Any:
    """``config`` and ``script``, which are those of the run."""
    match name:
        case "config":
            return config_of(current())
        case "script":
            return directory_of(current())
    return None


def is_offline_mode() -> bool:
    """Whether statements are written down and not run."""
    return current().as_sql


def requires_connection() -> bool:
    """Whether there is a database."""
    return not is_offline_mode()


def is_transactional_ddl() -> bool:
    """Whether changes of the schema are undone with the transaction."""
    return bool(get_impl().transactional_ddl)


def get_x_argument(as_dictionary: bool = False) -> list[str] | dict[str, str]:
    """What ``-x`` said: as it stands, or by the part before the first ``=``."""
    given = current().setting.x_arguments
    if not as_dictionary:
        return list(given)
    parts = (argument.partition("=") for argument in given)
    return {name: value for name, _, value in parts}


def get_tag_argument() -> str | None:
    """What ``--tag`` said."""
    return current().setting.tag


def get_head_revision() -> str | None:
    """The head of the files; raises MultipleHeads."""
    return directory_of(current()).get_current_head()


def get_head_revisions() -> tuple[str, ...]:
    """The heads of the files."""
    return tuple(directory_of(current()).get_heads())


def get_context() -> Any:
    """The running migration, as ``op.get_context()`` gives it."""
    return op.get_context()


def get_bind() -> Any:
    """The connection, as ``op.get_bind()`` gives it."""
    return op.get_bind()


def get_impl() -> Any:
    """The same as ``op.get_context().impl``."""
    return get_context().impl


def execute(sql: Any, execution_options: Mapping[str, Any] | None = None) -> None:
    """The same as ``op.execute``."""
    op.execute(sql, execution_options=execution_options)


def static_output(text: str) -> None:
    """Write a text into the script of ``--sql``."""
    get_impl().static_output(text)


def begin_transaction() -> Any:
    """The same as ``op.get_context().begin_transaction()``."""
    return get_context().begin_transaction()


def configure(*arguments: Any, **options: Any) -> None:
    """Refused: the run is configured by `Migrate`."""
    raise _of_the_run("configure")


def run_migrations(**arguments: Any) -> None:
    """Refused: one run cannot be started inside of another."""
    raise _of_the_run("run_migrations")


def _of_the_run(name: str) -> UnsupportedOperationError:
    return UnsupportedOperationError(
        f"context.{name}() is for env.py files; a revision runs inside of what it would start",
        hint="options stand in Migrate(…); docs/from-flask-migrate.md has each of them",
    )
