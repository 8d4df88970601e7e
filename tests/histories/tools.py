"""The two tools, each of which can take a database up and down a history."""

from __future__ import annotations

import time
from typing import Protocol

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

from flaskmig import legacy
from flaskmig.engine import commands
from flaskmig.engine.configuration.project import Options, Project
from tests.histories.history import History


class Tool(Protocol):
    """Runs a history on one database; ``seconds`` is what all of it took."""

    engine: sa.Engine
    seconds: float

    def upgrade(self, revision: str) -> None: ...

    def downgrade(self, revision: str) -> None: ...


class Peer:
    """Alembic."""

    def __init__(self, history: History, engine: sa.Engine) -> None:
        self.engine = engine
        self.seconds = 0.0
        self._history = history
        self._config = Config()
        self._config.set_main_option("script_location", str(history.folder))
        self._config.set_main_option("recursive_version_locations", str(history.recursive).lower())
        self._config.set_main_option("path_separator", "os")
        self.scripts = ScriptDirectory.from_config(self._config)

    def revisions(self) -> list[str]:
        """Every revision, parents before their children."""
        return [script.revision for script in self.scripts.walk_revisions()][::-1]

    def upgrade(self, revision: str) -> None:
        self._run(revision, is_up=True)

    def downgrade(self, revision: str) -> None:
        self._run(revision, is_up=False)

    def _run(self, revision: str, *, is_up: bool) -> None:
        find = self.scripts._upgrade_revs if is_up else self.scripts._downgrade_revs
        environment = EnvironmentContext(
            self._config,
            self.scripts,
            fn=lambda rows, context: find(revision, rows),
            destination_rev=revision,
        )
        start = time.perf_counter()
        with environment, self.engine.connect() as connection:
            environment.configure(
                connection=connection,
                target_metadata=self._history.metadata(),
                version_table=self._history.version_table,
                transaction_per_migration=self._history.transaction_per_migration,
                render_as_batch=True,
            )
            with environment.begin_transaction():
                environment.run_migrations()
        self.seconds += time.perf_counter() - start


class Ours:
    """flaskmig."""

    def __init__(self, history: History, engine: sa.Engine) -> None:
        self.engine = engine
        self.seconds = 0.0
        self.project = Project(
            directory=history.folder,
            options=Options(
                version_table=history.version_table,
                recursive_version_locations=history.recursive,
                env_py="ignore",
            ),
            metadata={"": history.metadata()},
            engines=lambda bind: engine,
            modules=legacy.modules(),
        )

    def upgrade(self, revision: str) -> None:
        start = time.perf_counter()
        commands.upgrade(self.project, revision)
        self.seconds += time.perf_counter() - start

    def downgrade(self, revision: str) -> None:
        start = time.perf_counter()
        commands.downgrade(self.project, revision)
        self.seconds += time.perf_counter() - start
