"""One case whose files are written by flaskmig, and run by the real Alembic there and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

import flaskmig
from flaskmig.engine.commands import Written
from flaskmig.engine.migrating.events import Notify
from tests.cases.bench import run_script
from tests.cases.journey import AFTER, BEFORE, Journey
from tests.going_back import peer

_DEFAULT_NAME = re.compile(r"CONSTRAINT CONSTRAINT \w+_(?:key|fkey|pkey|check)\d*")
_OWNER = re.compile(r"^(?:CONSTRAINT|UNIQUE|PRIMARY|FOREIGN|CHECK) ")


@dataclass
class ReturnJourney(Journey):
    """As `Journey`, with ``write_for="alembic"``; the runs are Alembic's, or flaskmig's own."""

    runs_by_flaskmig: bool = False
    texts: list[str] = field(default_factory=list)

    @contextmanager
    def _project(self, side: str) -> Iterator[sa.MetaData]:
        metadata = self.case.models(side)
        app = Flask("case")
        options = {**self.case.on(self.case.options, self.bench.name), "write_for": "alembic"}
        flaskmig.Migrate(
            app,
            metadata=metadata,
            engine=self.bench.work,
            directory=str(self.migrations),
            **options,
        )
        with app.app_context():
            yield metadata

    @property
    def migrations(self) -> Path:
        return self.folder / "migrations"

    def _start(self, setup: str | None, beside: str | None) -> None:
        with self.bench.work.begin() as connection:
            run_script(connection, setup)
        with self._project(BEFORE) as metadata:
            flaskmig.init()
            written = flaskmig.migrate(message=BEFORE, rev_id=BEFORE, verify=False)
            self._keep(written)
            self._alembic("upgrade", "head", metadata)
        with self.bench.work.begin() as connection:
            run_script(connection, beside)

    def _keep(self, written: Written) -> None:
        if written.path is not None:
            self.texts.append(written.path.read_text())
            assert "from flaskmig" not in self.texts[-1]

    def _alembic(self, way: peer.Way, target: str, metadata: sa.MetaData) -> None:
        peer.run(self.bench.work, peer.scripts_of(self.migrations), way, target, metadata)

    def _write(self) -> Written:
        with self._project(AFTER):
            written = flaskmig.migrate(
                message=AFTER,
                rev_id=AFTER,
                renames=self.case.rename,
                no_rename=self.case.no_rename,
                backfills=[f"{column}={sql}" for column, sql in self._backfill.items()],
                verify=False,
            )
        self._keep(written)
        return written

    def _run(self, way: str, command: Callable[[Notify], object]) -> None:
        with self._project(AFTER) as metadata:
            if self.runs_by_flaskmig:
                command(lambda _: None)
            elif way == "upgrade":
                self._alembic("upgrade", "head", metadata)
            else:
                back = BEFORE if len(self.texts) > 1 else "base"
                self._alembic("downgrade", back, metadata)

    def _compare(self, way: str, peer: object) -> None:
        # A reason is about the way that flaskmig's own file goes.
        if self._reasons.get(way) is None:
            super()._compare(way, peer)

    def _unlike(self, peer: object) -> bool:
        return _nameless(self.bench.catalogue(self.bench.work)) != _nameless(peer)


def _nameless(catalogue: object) -> object:
    """A catalogue of SQLite without the names that stand for none.

    Alembic adds no constraint without a name to a table of SQLite, so that files give those that
    PostgreSQL would.
    """
    if not isinstance(catalogue, dict):
        return catalogue
    return {
        name: {**table, "said": sorted(filter(None, map(_word, table["said"])))}
        if isinstance(table, dict)
        else table
        for name, table in catalogue.items()
    }


def _word(said: str) -> str:
    if _DEFAULT_NAME.fullmatch(said):
        return ""
    return _OWNER.sub("", said)
