"""Three applied revisions and one that is pending, and raw looks at what anything did to them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from flaskmig.engine import commands
from flaskmig.engine.commands import (
    Checked,
    Current,
    Finding,
    Planned,
    Ran,
    Repaired,
    Stamped,
    Status,
)
from flaskmig.engine.configuration.project import Project
from tests.execute.chain import Chain

A, B, C, D = "aaaa1111", "bbbb2222", "cccc3333", "dddd4444"
NEW, STRANGE = "eeee5555", "ffff6666"


class Story:
    """A history of its own in a database that others share: its version table has its name.

    Each function of a revision leaves a row in the table ``trace``, so that it is seen to run.
    """

    def __init__(self, folder: Path, engine: sa.Engine, name: str) -> None:
        self.name = name
        self.engine = engine
        self.version_table = f"version_{name}"
        self.chain = Chain(folder, engine, version_table=self.version_table)
        with engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE IF NOT EXISTS trace (what VARCHAR(80))"))
        for id_ in (A, B, C):
            self.add(id_)
        commands.upgrade(self.project)
        self.add(D)
        self.files = {path: path.read_bytes() for path in sorted(self.versions.iterdir())}

    @property
    def project(self) -> Project:
        return self.chain.project

    @property
    def versions(self) -> Path:
        return self.chain.folder / "versions"

    def add(self, id_: str, *, parents: str | None = None) -> Path:
        """Write a revision that follows the last one."""
        table = f"{self.name}_{id_}"
        return self.chain.add(
            id_,
            f"{self._traced(id_, 'up')}\n"
            f'op.create_table("{table}", sa.Column("id", sa.Integer(), primary_key=True))',
            f'op.drop_table("{table}")\n{self._traced(id_, "down")}',
            parents=parents,
        )

    def _traced(self, id_: str, what: str) -> str:
        return f"op.execute(\"INSERT INTO trace VALUES ('{self.name} {id_} {what}')\")"

    # What people do behind flaskmig's back -----------------------------------------------

    def path(self, id_: str) -> Path:
        return self.versions / f"{id_}.py"

    def edit(self, id_: str, old: str, new: str) -> None:
        """Replace a text in the file of a revision, where it is at least once."""
        text = self.path(id_).read_text()
        assert old in text
        self.path(id_).write_text(text.replace(old, new))

    def put_back(self) -> None:
        """The files as they were."""
        for path in self.versions.rglob("*.py"):
            path.unlink()
        for path, content in self.files.items():
            if path.suffix == ".py":
                path.write_bytes(content)

    def execute(self, sql: str, **values: Any) -> None:
        """Run SQL in which VERSION is this story's version table."""
        with self.engine.begin() as connection:
            connection.execute(sa.text(sql.replace("VERSION", self.version_table)), values)

    def edit_journal(self, change: str, revision: str) -> None:
        """UPDATE the journal's row of a revision."""
        self.execute(
            f"UPDATE flaskmig_journal SET {change} WHERE version_table = 'VERSION' "
            "AND revision = :revision",
            revision=revision,
        )

    # What flaskmig is asked --------------------------------------------------------------

    def status(self) -> Status:
        [found] = commands.status(self.project)
        return found

    def findings(self) -> set[tuple[str, str]]:
        return {(each.kind, each.revision) for each in self.status().findings}

    def repair(self, **words: Any) -> Repaired:
        [done] = commands.repair(self.project, **words)
        return done

    def accept(self, *revisions: str) -> tuple[Finding, ...]:
        return self.repair(accept=revisions).findings

    def stamp(self, *revisions: str) -> Stamped:
        [done] = commands.stamp(self.project, revisions)
        return done

    def upgrade(self) -> Ran:
        [done] = commands.upgrade(self.project, "heads")
        return done

    def plan(self) -> Planned:
        [found] = commands.plan(self.project, "heads")
        return found

    def downgrade(self, target: str = "base", **words: Any) -> Ran:
        [done] = commands.downgrade(self.project, target, **words)
        return done

    def current(self) -> Current:
        [found] = commands.current(self.project)
        return found

    def check(self) -> Checked:
        """What stands against a release; raises that, where it is about the files and rows."""
        [found] = commands.check(self.project, commands.Detection())
        if found.error is not None:
            raise found.error
        return found

    # What a raw look sees ----------------------------------------------------------------

    def ran(self) -> list[str]:
        """Which functions ran, as ``cccc3333 up``, in their order of names."""
        with self.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT what FROM trace").scalars()
            mine = f"{self.name} "
            return sorted(row.removeprefix(mine) for row in rows if row.startswith(mine))

    def rows(self) -> set[str]:
        """The version table, or nothing where it is gone."""
        with self.engine.connect() as connection:
            if not sa.inspect(connection).has_table(self.version_table):
                return set()
            return set(
                connection.exec_driver_sql(
                    f"SELECT version_num FROM {self.version_table}"
                ).scalars()
            )

    def everything(self) -> tuple[Mapping[str, bytes], list[str], list[str]]:
        """Every file, and every row of the tables that flaskmig keeps here."""
        files = {
            str(path.relative_to(self.chain.folder)): path.read_bytes()
            for path in sorted(self.chain.folder.rglob("*"))
            if path.is_file()
        }
        with self.engine.connect() as connection:
            tables = sorted(sa.inspect(connection).get_table_names())
            rows = [
                str(tuple(row))
                for table in (self.version_table, "flaskmig_journal", "trace")
                if table in tables
                for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
            ]
        return files, tables, sorted(rows)
