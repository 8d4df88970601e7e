"""What a revision file may ask of the running migration."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from flaskmig.engine.calls.config import Config, config_of
from flaskmig.engine.migrating.migration import Migration, current

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect

    from flaskmig.engine.calls.impl import Impl
    from flaskmig.engine.calls.script import ScriptDirectory


class Context:
    """The running migration, as revision files know it."""

    # Both databases undo a change of the schema with the transaction that it was made in.
    transactional_ddl = True

    def __init__(self, migration: Migration) -> None:
        self._migration = migration

    @property
    def dialect(self) -> SQLAlchemyDialect:
        """SQLAlchemy's dialect of the database."""
        return self._migration.sqlalchemy_dialect

    @property
    def bind(self) -> Connection:
        """The connection, as ``op.get_bind()`` gives it."""
        return get_bind()

    @property
    def connection(self) -> Connection:
        return self.bind

    @property
    def impl(self) -> Impl:
        """What plugins carry their operations out with."""
        from flaskmig.engine.calls.impl import Impl

        return Impl(self._migration)

    @property
    def config(self) -> Config:
        """The configuration of the project."""
        return config_of(self._migration)

    @property
    def script(self) -> ScriptDirectory:
        """The revision files of the project."""
        from flaskmig.engine.calls.script import directory_of

        return directory_of(self._migration)

    @property
    def as_sql(self) -> bool:
        """Whether statements are written down and not run."""
        return self._migration.as_sql

    @property
    def opts(self) -> Mapping[str, Any]:
        """The project's options by their names; also as_sql, tag and target_metadata."""
        return {**self._migration.setting.options, "as_sql": self.as_sql}

    @property
    def version_table(self) -> str:
        return self._migration.setting.version_table

    @property
    def version_table_schema(self) -> str | None:
        return self._migration.setting.version_table_schema

    def autocommit_block(self) -> AbstractContextManager[None]:
        """Commit what was done, run the block outside of a transaction, then begin anew."""
        return self._migration.outside_transaction()

    def begin_transaction(self, _per_migration: bool = False) -> AbstractContextManager[None]:
        """Nothing: the revision is in the transaction that it is committed with."""
        return nullcontext()

    def get_current_heads(self) -> tuple[str, ...]:
        """The revisions that the database was at when this one began."""
        return tuple(sorted(self._migration.setting.rows))

    def get_current_revision(self) -> str | None:
        """The revision that the database was at when this one began, None for none."""
        heads = self.get_current_heads()
        return heads[0] if heads else None

    def execute(self, sql: Any, execution_options: Mapping[str, Any] | None = None) -> None:
        """The same as ``op.execute``."""
        from flaskmig.engine.calls.data import execute

        execute(sql, execution_options=execution_options)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"flaskmig does not serve op.get_context().{name} to revision files")


def get_bind() -> Connection:
    """The connection that the migration runs on, for reading and writing rows."""
    connection: Connection = current().connection()
    return connection


def get_context() -> Context:
    """The running migration."""
    migration = current()
    migration.flush()
    return Context(migration)
