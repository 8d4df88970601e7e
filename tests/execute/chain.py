"""A little project for these tests: revision files one after the other, and a database."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from flaskmig.dialects import dialect_named, dialect_of
from flaskmig.engine.configuration.project import Options, Project
from flaskmig.engine.executing import execute
from flaskmig.engine.files.scripts import Scripts
from flaskmig.engine.migrating.events import Direction, Event
from flaskmig.engine.migrating.steps import Step
from flaskmig.engine.plans import planning
from flaskmig.engine.plans.planned import Plan
from flaskmig.engine.plans.sql_script import sql_script
from flaskmig.engine.records.history import History

HEADER = '''"""{message}"""

import sqlalchemy as sa
from flaskmig import op

revision = {id!r}
down_revision = {parents!r}

'''


class Chain:
    """Revision files in a folder, and the database that they are run on."""

    def __init__(self, folder: Path, engine: Engine, **options: Any) -> None:
        self.folder = folder
        self.engine = engine
        self.options = Options(**options)
        self.last: str | None = None
        self.events: list[Event] = []
        (folder / "versions").mkdir(parents=True, exist_ok=True)

    @property
    def project(self) -> Project:
        return Project(
            directory=self.folder,
            options=self.options,
            metadata={"": sa.MetaData()},
            engines=lambda bind: self.engine,
        )

    @property
    def scripts(self) -> Scripts:
        return Scripts(self.folder, self.options)

    def add(
        self,
        id_: str,
        upgrade: str = "pass",
        downgrade: str = "pass",
        *,
        parents: str | tuple[str, ...] | None = None,
        before: str = "",
    ) -> Path:
        """Write a revision file that follows the last one; returns its path."""
        path = self.folder / "versions" / f"{id_}.py"
        text = HEADER.format(message=f"revision {id_}", id=id_, parents=parents or self.last)
        text += before
        for name, body in (("upgrade", upgrade), ("downgrade", downgrade)):
            text += f"\n\ndef {name}():\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ")
        path.write_text(text + "\n")
        self.last = id_
        return path

    def rows(self) -> frozenset[str]:
        with self.engine.connect() as connection:
            return self.history(connection).rows()

    def history(self, connection: Connection) -> History:
        return History(
            connection,
            dialect_of(connection),
            table=self.options.version_table,
            schema=self.options.version_table_schema,
        )

    def steps(self, target: str, direction: Direction = "upgrade") -> list[Step]:
        graph, rows = self.scripts.graph, self.rows()
        find = graph.upgrade_path if direction == "upgrade" else graph.downgrade_path
        return [Step(revision=step, direction=direction) for step in find(rows, target)]

    def upgrade(self, target: str = "head", **options: Any) -> list[execute.Applied]:
        return self.run(self.steps(target), **options)

    def downgrade(self, target: str = "base", **options: Any) -> list[execute.Applied]:
        return self.run(self.steps(target, "downgrade"), **options)

    def run(self, steps: Sequence[Step], **options: Any) -> list[execute.Applied]:
        self.events.clear()
        return execute.run(
            self.project, "", steps, scripts=self.scripts, notify=self.events.append, **options
        )

    def plan(self, target: str = "head") -> Plan:
        with self.engine.connect() as connection:
            return planning.plan(
                self.project,
                "",
                self.steps(target),
                scripts=self.scripts,
                connection=connection,
                rows=self.rows(),
            )

    def script(self, target: str = "head", start: Iterable[str] = ()) -> tuple[Plan, str]:
        """The plan from a revision on, and its text, without the database."""
        graph, rows = self.scripts.graph, frozenset(start)
        steps = [
            Step(revision=step, direction="upgrade") for step in graph.upgrade_path(rows, target)
        ]
        dialect = dialect_named(self.engine.dialect.name)
        plan = planning.script(
            self.project, "", steps, scripts=self.scripts, dialect=dialect, rows=rows
        )
        made = None if rows else planning.version_table_script(self.project, dialect)
        return plan, sql_script(plan, version_table=made)

    def query(self, sql: str) -> list[Any]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(sql))]

    def tables(self) -> set[str]:
        return set(sa.inspect(self.engine).get_table_names())

    def columns(self, table: str) -> list[str]:
        return [column["name"] for column in sa.inspect(self.engine).get_columns(table)]


def line_of(path: Path, text: str) -> int:
    """The number of the one line of a file that has a text in it."""
    [found] = [n for n, line in enumerate(path.read_text().splitlines(), 1) if text in line]
    return found
