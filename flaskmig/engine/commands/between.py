"""Comparing any two sides by their names, and keeping one as a snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from flaskmig.dialects import dialect_named
from flaskmig.engine.commands.compared import (
    collections,
    compare,
    managed_by_files,
)
from flaskmig.engine.commands.connections import connect
from flaskmig.engine.commands.detection import Detection, Difference, notes_on
from flaskmig.engine.commands.opening import open_scripts
from flaskmig.engine.commands.side import DATABASE, MODELS, Side
from flaskmig.engine.comparing.renames import parse_all
from flaskmig.engine.detecting.sources import introspect
from flaskmig.engine.models.metadata import read_metadata
from flaskmig.errors import ConfigurationError
from flaskmig.schema import QualifiedName, Schema
from flaskmig.snapshots import Snapshot

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.detecting.sources import Source


def between(project: Project, detection: Detection, source: Side, target: Side) -> Difference:
    """What makes ``target`` of ``source``, whatever they are; raises what `diff` raises.

    Where the target is the models, tables that no revision created are left alone.
    """
    bind = _single_bind(project, source, target)
    if source.is_same(target, project, bind):
        raise ConfigurationError(
            f"both sides are {source}",
            hint="--from says what is there, --to what it should become",
        )
    managed: frozenset[QualifiedName] | None = None
    objects = frozenset[str]()
    if target == MODELS:
        managed = frozenset()
        # Sides that are named need no migrations folder.
        if project.directory.exists():
            scripts = open_scripts(project)
            managed, objects = managed_by_files(project, scripts, bind)
    with (
        source.open(project, bind) as there,
        target.open(project, bind) as wanted,
        _spelling(project, bind, (there, wanted)) as connection,
    ):
        found = compare(
            project,
            wanted,
            there,
            detection,
            renames=parse_all(detection.renames),
            managed=managed,
            objects=objects,
            spelled_by=connection,
            schemas=_schemas(project, bind, (there, wanted)),
        )
    notes = found.notes if managed is None else notes_on(project, bind, found, managed, detection)
    return Difference(bind=bind, diff=found, notes=notes, source=str(source), target=str(target))


def _single_bind(project: Project, *sides: Side) -> str:
    """The bind that the sides are about; raises ConfigurationError where that may be several."""
    if len(project.binds) > 1 and any(side.is_of_the_project for side in sides):
        names = ", ".join(bind or "default" for bind in project.binds)
        raise ConfigurationError(
            f"several databases are managed ({names}), and this is about one",
            hint="say which it is with --bind NAME",
        )
    return project.binds[0]


@contextmanager
def _spelling(
    project: Project, bind: str, sources: tuple[Source, Source]
) -> Iterator[Connection | None]:
    """The project's own database, where no side is one and PostgreSQL has to say what is alike."""
    with ExitStack() as stack:
        connection = None
        kinds = {source.database for source in sources if isinstance(source, Snapshot)}
        if kinds == {"postgresql"} and not any(isinstance(each, Connection) for each in sources):
            # Without it the comparison says itself what it could not tell.
            with suppress(ConfigurationError):
                connection = stack.enter_context(connect(project, bind))
        yield connection


def _schemas(project: Project, bind: str, sources: tuple[Source, Source]) -> tuple[str, ...]:
    """The schemas that the models name, where databases are compared that do not say it."""
    if not all(isinstance(source, Connection) for source in sources):
        return ()
    tables = [table for each in collections(project, bind) for table in each.tables.values()]
    is_postgresql = any(
        isinstance(source, Connection) and source.dialect.name == "postgresql" for source in sources
    )
    return tuple(sorted({t.schema for t in tables if t.schema})) if is_postgresql else ()


def snapshot(project: Project, *, source: Side = DATABASE) -> Snapshot:
    """The schema of the project's database, or of another side, as a value that can be stored.

    Of models it is what they ask for on the project's kind of database, which is not asked.
    """
    bind = _single_bind(project, source)
    if source == MODELS:
        kind = dialect_named(project.engines(bind).dialect.name)
        return Snapshot(schema=read_metadata(collections(project, bind), kind), database=kind.name)
    with source.open(project, bind) as found:
        if isinstance(found, Snapshot):
            return found
        assert isinstance(found, Connection)
        options = project.options
        schema: Schema = introspect(
            found,
            schemas=_schemas(project, bind, (found, found)),
            include_schemas=options.include_schemas is True,
            version_table=options.version_table,
            version_table_schema=options.version_table_schema,
        )
        return Snapshot(schema=schema, database=found.dialect.name)
