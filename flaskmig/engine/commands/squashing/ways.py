"""The two ways from the beginning of a span to its end, each on a database made for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flaskmig.dialects import dialect_of
from flaskmig.engine.commands.squashing.contents import Contents, contents
from flaskmig.engine.detecting.sources import introspect
from flaskmig.engine.executing.execute import run
from flaskmig.engine.migrating.steps import RevisionFiles, Step
from flaskmig.engine.proving.rehearsal import VERSION_TABLE
from flaskmig.errors import (
    ConfigurationError,
    FlaskmigError,
    UnprovenRevisionError,
    UnsupportedOperationError,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Scratch
    from flaskmig.engine.commands.squashing.parts import Parts
    from flaskmig.engine.commands.squashing.span import Span
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.draft import Draft
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.migrating.events import Direction
    from flaskmig.engine.revisions.revision import Revision
    from flaskmig.schema import Schema

_MEND = "mend that revision, or squash from the one after it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one way leaves: the schema and the rows at its end, and the schema back at its start.

    ``way_back`` is why there is none, "" where there is one.
    """

    start: Schema
    end: Schema
    rows: Contents = field(repr=False)
    back: Schema | None = None
    way_back: str = ""


@contextmanager
def scratch_for(connection: Connection) -> Iterator[tuple[Scratch, Connection]]:
    """An empty database like that of the connection, for revision files of any kind.

    Raises ConfigurationError where there can be none.
    """
    places = dialect_of(connection).scratches(connection)
    place = next(each for each in places if not each.is_one_transaction)
    try:
        opened = place.open(())
        with opened as scratch:
            yield place, scratch
    except UnsupportedOperationError as error:
        raise ConfigurationError(
            f"revisions are squashed with the help of {place.place}, and there can be none: "
            f"{error.message}",
            hint="use a role that may create databases, on a server that is not the one in use",
        ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """A span in the database of one bind."""

    project: Project
    bind: str
    scripts: Scripts
    span: Span

    def old(self, connection: Connection, parts: Parts | None = None) -> Outcome:
        """Go along the old revisions; ``parts`` takes them on the way.

        Raises UnprovenRevisionError where one of them fails on a database that has nothing else.
        """
        start = self._begin(connection)
        here: Schema | None = start
        for revision in self.span.revisions:
            if parts is not None:
                here = here or self._schema(connection)
                if not parts.take(revision, here):
                    here = None
            self._run(connection, self.scripts, revision, "upgrade")
        end, rows = self._end(connection)
        back, why = None, ""
        try:
            for revision in reversed(self.span.revisions):
                self._run(connection, self.scripts, revision, "downgrade")
            back = self._schema(connection)
        except UnprovenRevisionError as error:
            why = error.message
        return Outcome(start=start, end=end, rows=rows, back=back, way_back=why)

    def new(self, connection: Connection, draft: Draft) -> Outcome:
        """Go the way of the draft; raises UnprovenRevisionError where its upgrade() fails."""
        start = self._begin(connection)
        self._run(connection, draft, draft.alone, "upgrade")
        end, rows = self._end(connection)
        back, why = None, ""
        try:
            self._run(connection, draft, draft.alone, "downgrade")
            back = self._schema(connection)
        except UnprovenRevisionError as error:
            why = error.message
        return Outcome(start=start, end=end, rows=rows, back=back, way_back=why)

    def _begin(self, connection: Connection) -> Schema:
        needed = [*self.span.parents, *self.span.depends_on]
        for revision in self.scripts.graph.upgrade_path((), needed) if needed else ():
            self._run(connection, self.scripts, revision, "upgrade")
        return self._schema(connection)

    def _end(self, connection: Connection) -> tuple[Schema, Contents]:
        end = self._schema(connection)
        rows = contents(connection, end)
        connection.rollback()
        return end, rows

    def _run(
        self,
        connection: Connection,
        files: RevisionFiles,
        revision: Revision,
        direction: Direction,
    ) -> None:
        # What a draft follows is not in its files, so it is recorded in a table of its own.
        is_draft = files is not self.scripts
        options = replace(
            self.project.options,
            version_table=VERSION_TABLE if is_draft else self.project.options.version_table,
            version_table_schema=None,
            # It is a trial, and nothing that anybody is to be told of.
            on_version_apply=(),
        )
        project = replace(self.project, options=options)
        step = Step(revision=revision, direction=direction)
        try:
            run(project, self.bind, [step], scripts=files, connection=connection)
            connection.rollback()
        except Exception as error:
            # Revision files raise what they like.
            connection.rollback()
            raise self._failed(revision, direction, error, is_draft=is_draft) from error

    def _failed(
        self, revision: Revision, direction: str, error: Exception, *, is_draft: bool
    ) -> UnprovenRevisionError:
        what = "the squashed revision" if is_draft else f"revision {revision.id}"
        where = f" of bind {self.bind}" if self.bind else ""
        said = error.message if isinstance(error, FlaskmigError) else _said(error)
        return UnprovenRevisionError(
            f"{direction}() of {what} fails on a database{where} made for the trial: {said}",
            bind=self.bind,
            direction=direction,
            statement=getattr(error, "statement", "") or "",
            hint=_MEND,
        )

    def _schema(self, connection: Connection) -> Schema:
        found = introspect(
            connection, include_schemas=True, version_table=self.project.options.version_table
        )
        connection.rollback()
        return found.with_tables(
            table for table in found.tables if table.name.name != VERSION_TABLE
        )


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def column_orders(schema: Schema) -> dict[str, Sequence[str]]:
    """The names of the columns of each table, in their order."""
    return {str(table.name): [each.name for each in table.columns] for table in schema.tables}
