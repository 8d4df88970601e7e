"""Plans: what revisions or operations would run, on a live database or from nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.schema import CreateTable

from flaskmig.dialects import dialect_of
from flaskmig.engine.migrating.blame import blamed
from flaskmig.engine.migrating.callers import call_of
from flaskmig.engine.migrating.carried import NotPlannedError
from flaskmig.engine.migrating.carried_schema import CarriedSchema
from flaskmig.engine.migrating.entry import run_revision
from flaskmig.engine.migrating.migration import Migration, running
from flaskmig.engine.migrating.steps import RevisionFiles, Step, rows_after
from flaskmig.engine.plans.no_connection import USES_DATABASE, Unplannable
from flaskmig.engine.plans.plan_sink import PlanSink, planned
from flaskmig.engine.plans.planned import Plan, PlannedRevision
from flaskmig.engine.plans.planning_migration import planning_migration
from flaskmig.engine.records.history import row_changes, version_table
from flaskmig.errors import FlaskmigError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.configuration.project import Project
    from flaskmig.operations import Operation
    from flaskmig.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class _Origin:
    """Where planning starts, and what it is for."""

    project: Project
    bind: str
    dialect: Dialect
    default_schema: str | None
    scripts: RevisionFiles
    engine: Engine | None
    unseen: bool = False


def plan(
    project: Project,
    bind: str,
    path: Sequence[Step],
    *,
    scripts: RevisionFiles,
    connection: Connection,
    rows: Iterable[str],
    tag: str | None = None,
) -> Plan:
    """What `execute.run` would do on this database; nothing is changed.

    ``rows`` are those of the version table now. The schema is read once and carried forward.
    """
    dialect = dialect_of(connection)
    default = dialect.default_schema(connection)
    origin = _Origin(
        project=project,
        bind=bind,
        dialect=dialect,
        default_schema=default,
        scripts=scripts,
        engine=connection.engine,
    )
    schemas = _schemas_beside(connection, default) if dialect.name == "postgresql" else ()
    before = CarriedSchema(dialect.introspect(connection, schemas=schemas), dialect)
    return _plan(origin, path, before, frozenset(rows), tag)


def script(
    project: Project,
    bind: str,
    path: Sequence[Step],
    *,
    scripts: RevisionFiles,
    dialect: Dialect,
    rows: Iterable[str] = (),
    tag: str | None = None,
) -> Plan:
    """What the revisions would run on a database at ``rows``, found without a database.

    The revisions below are replayed in silence to know the schema at the start.
    """
    origin = _Origin(
        project=project,
        bind=bind,
        dialect=dialect,
        default_schema=None,
        scripts=scripts,
        engine=_engine(project, bind),
        unseen=True,
    )
    before = CarriedSchema()
    start = frozenset(rows)
    replayed = frozenset[str]()
    for revision in scripts.graph.upgrade_path((), sorted(start)) if start else ():
        step = Step(revision=revision, direction="upgrade")
        _planned_revision(origin, step, before, replayed, replays=True, tag=tag)
        replayed = scripts.graph.rows_after_upgrade(replayed, revision.id)
    return _plan(origin, path, before, start, tag)


def plan_operations(operations: Sequence[Operation], before: Schema, dialect: Dialect) -> Plan:
    """What carrying out operations that are in no file would run."""
    statements = tuple(planned(each) for each in dialect.statements(operations, before))
    revision = PlannedRevision(revision="", direction="upgrade", statements=statements)
    return Plan(dialect=dialect.name, revisions=(revision,) if statements else ())


def _engine(project: Project, bind: str) -> Engine | None:
    """The engine that must not be connected; None where nobody knows one, so that nobody can."""
    try:
        return project.engines(bind)
    except FlaskmigError:
        return None


def _plan(
    origin: _Origin,
    path: Sequence[Step],
    before: CarriedSchema,
    rows: frozenset[str],
    tag: str | None,
) -> Plan:
    revisions = []
    for step in path:
        revision, rows = _planned_revision(origin, step, before, rows, replays=False, tag=tag)
        revisions.append(revision)
    return Plan(dialect=origin.dialect.name, bind=origin.bind, revisions=tuple(revisions))


def _planned_revision(
    origin: _Origin,
    step: Step,
    before: CarriedSchema,
    rows: frozenset[str],
    *,
    replays: bool,
    tag: str | None,
) -> tuple[PlannedRevision, frozenset[str]]:
    sink = PlanSink(
        origin.dialect,
        before,
        step.revision.id,
        replays=replays,
        engine=origin.engine,
        unseen=origin.unseen,
    )
    migration = planning_migration(
        origin.project,
        origin.bind,
        step,
        dialect=origin.dialect,
        default_schema=origin.default_schema,
        before=before,
        sink=sink,
        rows=rows,
        tag=tag,
    )
    try:
        with (
            running(migration),
            _noting(migration, sink, step),
            origin.project.surroundings(),
        ):
            run_revision(origin.project, origin.scripts, step, origin.bind)
    except Unplannable:
        before.forget()
    except Exception as error:
        if sink.line_of_bind is None:
            wrapped = blamed(error, step.revision, is_cut=False)
            if wrapped is error:
                raise
            raise wrapped from error
        # The file gave the stand-in to something that needs a real connection.
        sink.note(sink.line_of_bind, USES_DATABASE)
        before.forget()
    after = rows_after(origin.scripts.graph, rows, step)
    revision = PlannedRevision(
        revision=step.revision.id,
        direction=step.direction,
        message=step.revision.message,
        parents=step.revision.parents,
        statements=tuple(sink.statements),
        rows=rows_script(origin.project, origin.dialect, rows, after),
        notes=tuple(sink.notes),
    )
    return revision, after


@contextmanager
def _noting(migration: Migration, sink: PlanSink, step: Step) -> Iterator[None]:
    """Note what the function, and then what it held back, cannot be planned without."""

    def note(error: NotPlannedError) -> None:
        sink.note(call_of(error, step.revision.path).line, error.message)

    try:
        try:
            yield
        except NotPlannedError as error:
            note(error)
        migration.flush()
    except NotPlannedError as error:
        note(error)
    if sink.notes:
        migration.before.forget()


def rows_script(
    project: Project, dialect: Dialect, before: Iterable[str], after: Iterable[str]
) -> tuple[str, ...]:
    """The version table's changes as SQL; it is made where nothing was in it before."""
    options = project.options
    table = version_table(options.version_table, options.version_table_schema)
    changes = [
        str(change.compile(dialect=dialect.compiler, compile_kwargs={"literal_binds": True}))
        for change in row_changes(table, before, after)
    ]
    return tuple(changes)


def version_table_script(project: Project, dialect: Dialect) -> str:
    """The statement that makes the version table."""
    options = project.options
    table = version_table(options.version_table, options.version_table_schema)
    return str(CreateTable(table).compile(dialect=dialect.compiler)).strip()


def _schemas_beside(connection: Connection, default: str | None) -> list[str]:
    import sqlalchemy as sa

    names = sa.inspect(connection).get_schema_names()
    return [name for name in names if name not in (default, "information_schema")]
