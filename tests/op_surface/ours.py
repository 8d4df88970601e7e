"""What flaskmig makes of a form: its statements, online and with --sql."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig import legacy
from flaskmig.engine.configuration.project import Project
from flaskmig.engine.migrating.events import StatementRun
from flaskmig.engine.plans.planned import Plan
from tests.execute.chain import Chain
from tests.op_surface.form import START, Form

_IMPORTS = "from sqlalchemy.dialects import postgresql\n"


class Files(Chain):
    """The revision files of a form: one for what is there before, one for its calls."""

    def __init__(self, folder: Path, engine: Engine, form: Form) -> None:
        super().__init__(folder, engine)
        self.modules: Mapping[str, ModuleType] = {}
        self.convention = dict(form.convention) if form.convention else None
        self.add("a1", START + form.before, before=_IMPORTS)
        self.add("b2", form.body, before=_IMPORTS)

    @property
    def project(self) -> Project:
        models = sa.MetaData(naming_convention=self.convention)
        return replace(super().project, metadata={"": models}, modules=self.modules)

    def as_for_alembic(self) -> None:
        """Have the files import what they need from Alembic, as published ones do."""
        self.modules = legacy.modules()
        for path in (self.folder / "versions").glob("*.py"):
            path.write_text(path.read_text().replace("from flaskmig import", "from alembic import"))

    def run_both(self) -> tuple[str, ...]:
        """The statements of the second revision, on the database."""
        with _quietly():
            self.upgrade()
        found = (each for each in self.events if isinstance(each, StatementRun))
        return tuple(each.sql.strip() for each in found if each.revision == "b2")

    def plan_both(self) -> Plan:
        """Both revisions as ``--sql`` has them, without the database."""
        with _quietly():
            plan, _ = self.script()
        assert not plan.notes, [str(note) for note in plan.notes]
        return plan


def statements_of(plan: Plan) -> tuple[str, ...]:
    """The statements of the second revision."""
    last = plan.revisions[-1]
    return tuple(each.sql.strip() for each in last.statements if not each.is_guard)


def run_plan(plan: Plan, engine: Engine) -> None:
    """Run a plan as the programs of the databases would: each statement as it stands."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        cursor = driver.cursor()
        for statement in plan.statements:
            if statement.watches:
                continue
            if not statement.in_transaction:
                driver.commit()
                if engine.dialect.name == "postgresql":
                    driver.autocommit = True
            cursor.execute(statement.sql)
            if statement.is_guard:
                assert not cursor.fetchall(), statement.sql
            if engine.dialect.name == "postgresql" and not statement.in_transaction:
                driver.autocommit = False
        driver.commit()


@contextmanager
def _quietly() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
