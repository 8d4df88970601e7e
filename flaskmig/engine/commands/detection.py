"""Comparing the models of a project with one of its databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeGuard

import sqlalchemy as sa

from flaskmig.engine.commands.refusals import (
    likely_causes,
    refuse_losing_everything,
    refuse_required_columns,
    refuse_undecided,
)
from flaskmig.engine.comparing.renames import Rename, parse_all
from flaskmig.engine.detecting.differences import Diff
from flaskmig.engine.detecting.differences import diff as compare_sides
from flaskmig.engine.files.managed import managed_tables
from flaskmig.errors import ConfigurationError
from flaskmig.operations import AddColumn, AlterColumn, DropTable, Operation
from flaskmig.schema import QualifiedName

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Hazard
    from flaskmig.engine.comparing.renames import RenameCandidate
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.rendering.render import Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What somebody says about the differences.

    ``renames`` are words such as ``users.mail:email``, ``drops`` names of tables that no revision
    created, ``backfills`` ``users.age=0``. ``decide`` is asked about uncertain renames.
    """

    renames: tuple[str, ...] = ()
    no_rename: bool = False
    drops: tuple[str, ...] = ()
    backfills: tuple[str, ...] = ()
    decide: Callable[[RenameCandidate], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How the models and one database differ; ``notes`` are lines for people."""

    bind: str
    diff: Diff
    notes: tuple[str, ...] = ()

    @property
    def operations(self) -> tuple[Operation, ...]:
        """What makes the database like the models."""
        return self.diff.operations

    @property
    def hazards(self) -> tuple[Hazard, ...]:
        """What is risky in carrying them out, each once."""
        statements = self.diff.dialect.statements(self.operations, self.diff.current)
        return tuple(dict.fromkeys(each for found in statements for each in found.hazards))

    def sql(self) -> str:
        """The SQL that carries them out."""
        return self.diff.sql()

    def python(self) -> str:
        """The body of the revision's upgrade function, after the imports that it needs."""
        return self.diff.python()

    def rendered(self, direction: str) -> Rendered:
        """The body of the function for ``direction``, "upgrade" or "downgrade"."""
        diff = self.diff if direction == "upgrade" else self.diff.reverse()
        return diff.rendered()

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            **self.diff.to_json(),
            "bind": self.bind or "default",
            "notes": list(self.notes),
        }


def detect(
    project: Project,
    scripts: Scripts,
    bind: str,
    connection: Connection,
    detection: Detection,
    *,
    for_file: bool = False,
) -> Difference:
    """How the models of ``bind`` differ from the database behind ``connection``.

    ``for_file``: the answer becomes a revision, so raise what stands against that:
    UndecidedRenameError, and ConfigurationError where the file would drop everything for want of
    models, or cannot run because of the rows that are there.
    """
    options = project.options
    metadata = _collections(project, bind)
    tables = [name for collection in metadata for name in collection.tables]
    managed = managed_tables(
        [revision.path for revision in scripts.graph],
        bind,
        binds={*project.metadata, *project.binds},
    )
    found = compare_sides(
        metadata,
        connection,
        renames=[str(word) for word in _words_for(project, bind, connection, detection)],
        detect_renames=not detection.no_rename,
        decide=detection.decide,
        managed={*managed, *detection.drops},
        include_object=options.include_object,
        include_name=options.include_name,
        include_schemas=options.include_schemas,
        compare_type=options.compare_type,
        compare_server_default=options.compare_server_default,
        render_item=options.render_item,
        version_table=options.version_table,
        version_table_schema=options.version_table_schema,
    )
    found = replace(found, operations=tuple(_backfilled(found, detection)))
    undecided = found.undecided if detection.decide is None and not detection.no_rename else ()
    if for_file:
        refuse_undecided(undecided)
        if not tables:
            refuse_losing_everything(found, detection.drops)
        refuse_required_columns(found, connection)
    notes = _notes(found, managed, has_models=bool(tables))
    maybe = (f"may be a rename: {each}" for each in undecided)
    return Difference(bind=bind, diff=found, notes=(*notes, *maybe))


def _collections(project: Project, bind: str) -> tuple[sa.MetaData, ...]:
    """The models of a bind, one MetaData or several."""
    found = project.metadata.get(bind, ())
    return (found,) if isinstance(found, sa.MetaData) else tuple(found)


def require_used(detection: Detection, differences: Sequence[Difference]) -> None:
    """Raise ConfigurationError for a --drop or --backfill that fits no operation anywhere."""
    operations = [operation for found in differences for operation in found.operations]
    dropped = {str(each.table.name) for each in operations if isinstance(each, DropTable)}
    for name in detection.drops:
        if name not in dropped:
            raise ConfigurationError(
                f"--drop {name}: there is no such table that the models do not have",
                hint="flask db diff lists the tables that are left alone",
            )
    filled = {_column(each) for each in operations if _may_be_filled(each)}
    for column in dict(map(_parse_backfill, detection.backfills)):
        if column not in filled:
            raise ConfigurationError(
                f"--backfill {column}: no such column is added or becomes NOT NULL",
                hint=f"columns that are: {', '.join(sorted(filled)) or 'none'}",
            )


def _words_for(
    project: Project, bind: str, connection: Connection, detection: Detection
) -> Iterator[Rename]:
    """The renames that are about this database; those about none are the first one's."""
    words = parse_all(detection.renames)
    if len(project.binds) == 1 or not words:
        yield from words
        return
    known = {each: _table_names(project, each) for each in project.binds}
    inspector = sa.inspect(connection)
    here = known[bind] | {str(QualifiedName(name)) for name in inspector.get_table_names()}
    elsewhere = set[str]().union(*(names for each, names in known.items() if each != bind))
    for word in words:
        subject = str(word.table) if word.table else word.before
        target = subject if word.table else word.after
        is_mine = subject in here or target in here
        if is_mine or (bind == project.binds[0] and target not in elsewhere):
            yield word


def _table_names(project: Project, bind: str) -> set[str]:
    return {name for collection in _collections(project, bind) for name in collection.tables}


def _backfilled(found: Diff, detection: Detection) -> Iterator[Operation]:
    values = dict(map(_parse_backfill, detection.backfills))
    for operation in found.operations:
        if _may_be_filled(operation) and _column(operation) in values:
            yield replace(operation, backfill=values[_column(operation)])
        else:
            yield operation


def _parse_backfill(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not equals or "." not in column or not value.strip():
        raise ConfigurationError(
            f"--backfill {text} is not TABLE.COLUMN=SQL",
            hint="--backfill users.age=0, or --backfill \"users.kind='plain'\"",
        )
    return column.strip(), value.strip()


def _may_be_filled(operation: Operation) -> TypeGuard[AddColumn | AlterColumn]:
    """Whether rows may be given a value together with it."""
    match operation:
        case AddColumn():
            return True
        case AlterColumn():
            return operation.becomes_required
        case _:
            return False


def _column(operation: AddColumn | AlterColumn) -> str:
    column = operation.column if isinstance(operation, AddColumn) else operation.after
    return f"{operation.table}.{column.name}"


def _notes(found: Diff, managed: frozenset[QualifiedName], *, has_models: bool) -> Iterator[str]:
    yield from found.notes
    if found.unmanaged:
        names = ", ".join(map(str, found.unmanaged))
        yield f"left alone, because no revision created it (--drop TABLE drops it): {names}"
        if not has_models:
            yield likely_causes()
    made = {each.name for each in found.current.tables} - set(found.unmanaged)
    unrecorded = sorted(made - managed) if has_models else []
    if unrecorded:
        names = ", ".join(map(str, unrecorded))
        yield (
            f"in the database, but no revision creates it: {names}; if db.create_all() made it, "
            "other databases will lack it"
        )
