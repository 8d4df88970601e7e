"""A draft run on a database made for it: up, compared with the models, down, compared again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from sqlalchemy.exc import SQLAlchemyError

from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.order import order
from flaskmig.engine.detecting.differences import Diff, diff
from flaskmig.engine.detecting.sources import introspect
from flaskmig.engine.executing.execute import run
from flaskmig.engine.migrating.steps import Step
from flaskmig.engine.proving.failure import failed_at, led_elsewhere
from flaskmig.errors import FlaskmigError
from flaskmig.schema import Schema

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.draft import Draft
    from flaskmig.engine.proving.extent import Extent

# The revision is recorded as it is anywhere, in tables of its own that nobody else locks.
VERSION_TABLE = "flaskmig_proof_version"

# How many statements make the schema to start from in one transaction.
_AT_ONCE = 500


class CannotBeMadeError(Exception):
    """The schema to start from cannot be had in this place; the text is the reason."""


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """One draft, one bind and one empty database to run it on."""

    project: Project
    bind: str
    draft: Draft
    extent: Extent
    connection: Connection
    dialect: Dialect
    is_one_transaction: bool = False
    has_hook: bool = False

    def run(self) -> list[str]:
        """Do all of it; returns what still differs from the models after the upgrade.

        Only where it ``has_hook``, a function of the project's that writes parts of the file: it
        may mean to write something else. Raises CannotBeMadeError, and UnprovenRevisionError
        where the draft does not do what it was written for.
        """
        here = self._introspect()
        before, after = self._sides(here)
        start = self._make(here, before)
        self._call("upgrade")
        left = list(map(str, self._compared(after)))
        if left and not self.has_hook:
            raise led_elsewhere(self.bind, "upgrade", "what the models say", left)
        self._call("downgrade")
        lost = list(map(str, self._compared(start)))
        if lost:
            raise led_elsewhere(self.bind, "downgrade", "what was there before", lost)
        return left

    def _sides(self, here: Schema) -> tuple[Schema, Schema]:
        """Both sides, with the extensions that neither changes as they are here."""
        found = {each.name: each for each in here.extensions}
        sides = (self.extent.current, self.extent.desired)
        same = set(sides[0].extensions) & set(sides[1].extensions)
        kept = tuple(found[each.name] for each in same if each.name in found)
        before, after = (
            replace(side, extensions=(*(set(side.extensions) - same), *kept)) for side in sides
        )
        return before, after

    def _make(self, here: Schema, wanted: Schema) -> Schema:
        """Make the schema to start from; returns it as the database then describes it."""
        try:
            operations = order(compare(here, _made(wanted)))
            statements = self.dialect.statements(operations, here)
            for first in range(0, len(statements), _AT_ONCE):
                # One after the other: a server has room for the locks of so many tables only.
                with self.dialect.step(self.connection):
                    for statement in statements[first : first + _AT_ONCE]:
                        self.dialect.run(self.connection, statement)
            self._settle()
            found = self._compared(wanted)
        except (SQLAlchemyError, FlaskmigError, self._driver_error) as error:
            raise CannotBeMadeError(_said(error)) from error
        if found:
            raise CannotBeMadeError(f"it comes out otherwise: {found.operations[0]}")
        return found.current

    def _call(self, direction: Literal["upgrade", "downgrade"]) -> None:
        # Nothing of the project's is told of a trial.
        options = replace(
            self.project.options,
            version_table=VERSION_TABLE,
            version_table_schema=None,
            on_version_apply=(),
        )
        project = replace(self.project, options=options)
        step = Step(revision=self.draft.alone, direction=direction)
        try:
            run(project, self.bind, [step], scripts=self.draft, connection=self.connection)
        except (SQLAlchemyError, FlaskmigError, self._driver_error) as error:
            if self.connection.invalidated or self.connection.closed:
                raise CannotBeMadeError(_said(error)) from error
            raise failed_at(self.draft, self.bind, direction, error) from error
        self._settle()

    def _compared(self, wanted: Schema) -> Diff:
        """What would make the wanted schema of the one that is here."""
        found = diff(
            wanted,
            self.connection,
            detect_renames=False,
            schemas=self._schemas,
            version_table=VERSION_TABLE,
        )
        self._settle()
        return found

    def _introspect(self) -> Schema:
        found = introspect(self.connection, schemas=self._schemas, version_table=VERSION_TABLE)
        self._settle()
        return found

    @property
    def _schemas(self) -> list[str]:
        return sorted({*self.extent.current.schemas, *self.extent.desired.schemas})

    def _settle(self) -> None:
        """End the transaction that reading began, where the place is not one transaction."""
        if not self.is_one_transaction:
            self.connection.rollback()

    @property
    def _driver_error(self) -> type[Exception]:
        found: type[Exception] = self.connection.dialect.loaded_dbapi.Error
        return found


def _made(schema: Schema) -> Schema:
    """The schema as it is made from nothing: a trigger that has its own operation once."""
    named = {trigger.table for trigger in schema.triggers}
    return schema.with_tables(
        replace(table, triggers=()) if table.name in named else table for table in schema.tables
    )


def _said(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split())
