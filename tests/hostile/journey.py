"""A round: strings from models into a file and a database, and from the database into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import Engine

import flaskmig
from flaskmig import engine as flaskmig_engine
from tests.hostile.beside import add_beside
from tests.hostile.units import Unit, declared
from tests.hostile.witness import (
    catalogue,
    require_closed,
    require_names,
    require_no_canary,
    require_texts,
)


@dataclass
class Journey:
    """An empty database, and a folder that is the working directory meanwhile.

    ``engine`` is flaskmig's, ``witness`` the one that the database is looked at with.
    """

    engine: Engine
    folder: Path
    witness: Engine

    def go(self, units: Sequence[Unit]) -> None:
        """Models, file, database, file, database: at each stop the strings are what they were."""
        database = self.engine.dialect.name
        models = declared(units, database)
        empty = catalogue(self.witness)
        with self._application(models):
            flaskmig.init()
            self._migrate()
            flaskmig.upgrade()
            require_names(self.witness, units)
            require_texts(self.witness, units)
            self._require_no_difference(models)
            there = catalogue(self.witness)
            flaskmig.downgrade()
            assert catalogue(self.witness) == empty, "after the downgrade something is left"
            flaskmig.upgrade()
            self._require_same(there, "after there and back")
        add_beside(self.witness, units)
        there = catalogue(self.witness)
        with self._application(sa.MetaData()):
            self._migrate(drops=[str(table.fullname) for table in models.sorted_tables])
            flaskmig.upgrade()
            left = {name for name in catalogue(self.witness) if name.startswith("domain ")}
            assert set(catalogue(self.witness)) - left == set(empty), "something is left"
            flaskmig.downgrade()
            self._require_same(there, "after what was dropped came back")
            require_names(self.witness, units)
            require_texts(self.witness, units)
        require_no_canary(self.witness, self.folder)

    def _migrate(self, **options: Any) -> None:
        written = flaskmig.migrate(message="hostile", **options)
        assert written.path is not None, "no difference was found"
        require_closed(written.path)
        require_no_canary(self.witness, self.folder)

    def _require_no_difference(self, models: sa.MetaData) -> None:
        with self.engine.connect() as connection:
            left = str(flaskmig_engine.diff(models, connection))
        assert left == "", f"a difference is left: {left}"

    def _require_same(self, before: Any, when: str) -> None:
        found = catalogue(self.witness)
        unlike = {
            name: (before.get(name), found.get(name))
            for name in {*before, *found}
            if before.get(name) != found.get(name)
        }
        shown = dict(list(unlike.items())[:3])
        assert not unlike, f"{when} the catalogue differs in {len(unlike)} places: {shown!a}"

    @contextmanager
    def _application(self, metadata: sa.MetaData) -> Iterator[None]:
        app = Flask("hostile")
        flaskmig.Migrate(
            app,
            metadata=metadata,
            engine=self.engine,
            directory=str(self.folder / "migrations"),
        )
        with app.app_context():
            yield


def guilty(units: Sequence[Unit], fails: Callable[[Sequence[Unit]], str]) -> list[str]:
    """What each unit fails with alone, for the message of a round that failed."""
    found = ((unit, fails([unit])) for unit in units)
    return [f"{unit.payload!a}: {said}" for unit, said in found if said]
