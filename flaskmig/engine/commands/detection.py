"""Comparing the models of a project with one of its databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from flaskmig.engine.commands import backfills
from flaskmig.engine.commands.compared import (
    collections,
    compare,
    managed_by_files,
    tables_of,
)
from flaskmig.engine.commands.losses import MassLoss, likely_causes, mass_loss, refuse
from flaskmig.engine.commands.refusals import refuse_undecided
from flaskmig.engine.comparing.renames import Apart, Rename, parse_all, parse_apart
from flaskmig.engine.detecting.differences import Diff
from flaskmig.errors import ConfigurationError
from flaskmig.operations import (
    DropTable,
    Operation,
)
from flaskmig.schema import QualifiedName

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Hazard
    from flaskmig.engine.commands.backfills import Fill
    from flaskmig.engine.comparing.renames import RenameCandidate
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.rendering.render import Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What somebody says about the differences.

    ``renames`` are words such as ``users.mail:email``, ``apart`` words such as ``users.mail`` for
    what is none; ``no_rename`` means that nothing but ``renames`` is one. ``drops`` are names of
    tables that no revision created, ``backfills`` ``users.age=0``. ``decide`` is asked about
    uncertain renames, ``fill`` for the SQL of values that rows must have and do not.
    """

    renames: tuple[str, ...] = ()
    no_rename: bool = False
    apart: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    backfills: tuple[str, ...] = ()
    decide: Callable[[RenameCandidate], bool] | None = None
    fill: Fill | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How the models and one database differ, or two other sides; ``notes`` are lines for people.

    ``source`` is what is there and ``target`` what it should become, as people name them.
    ``risks`` are what its rows, or those of other databases, stand for. ``write_for`` is the tool
    that a file has to run under, "alembic" or "flaskmig". ``back`` is the way back where it is
    another than the reverse.
    """

    bind: str
    diff: Diff
    notes: tuple[str, ...] = ()
    source: str = "database"
    target: str = "models"
    risks: tuple[Hazard, ...] = ()
    write_for: str = "flaskmig"
    back: Diff | None = None

    @property
    def operations(self) -> tuple[Operation, ...]:
        """What makes the database like the models."""
        return self.diff.operations

    @property
    def hazards(self) -> tuple[Hazard, ...]:
        """What is risky in carrying them out, each once."""
        statements = self.diff.dialect.statements(self.operations, self.diff.current)
        hazards = (each for found in statements for each in found.hazards)
        return tuple(dict.fromkeys((*hazards, *self.risks)))

    def sql(self) -> str:
        """The SQL that carries them out."""
        return self.diff.sql()

    def python(self) -> str:
        """The body of the revision's upgrade function, after the imports that it needs."""
        return self.rendered("upgrade").python

    def rendered(self, direction: str) -> Rendered:
        """The body of the function for ``direction``, "upgrade" or "downgrade"."""
        if self.write_for == "alembic":
            from flaskmig.engine.plans.for_alembic import alembic_functions

            return alembic_functions(self.diff, direction, back=self.back)
        if direction == "upgrade":
            return self.diff.rendered()
        from flaskmig.engine.rendering.irreversible_source import irreversible_calls

        back = self.diff.reverse() if self.back is None else self.back
        rendered = back.rendered()
        return replace(rendered, lines=(*irreversible_calls(back.operations), *rendered.lines))

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            **self.diff.to_json(),
            "bind": self.bind or "default",
            "from": self.source,
            "to": self.target,
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
    managed, objects = managed_by_files(project, scripts, bind)
    found = compare(
        project,
        collections(project, bind),
        connection,
        detection,
        renames=_about(project, bind, connection, parse_all(detection.renames)),
        apart=_about(project, bind, connection, tuple(map(parse_apart, detection.apart))),
        managed=managed,
        objects=objects,
    )
    values = backfills.parse(detection.backfills)
    found = replace(found, operations=tuple(backfills.filled(found.operations, values)))
    risks: tuple[Hazard, ...] = ()
    if for_file:
        refuse_undecided(_undecided(found, detection))
        refuse(_loss(project, bind, found, managed, detection))
        found = backfills.with_values(found, connection, detection.fill, values)
        risks = backfills.risks(found, connection)
    notes = notes_on(project, bind, found, managed, detection)
    unrecorded = _unrecorded(project, bind, found, managed)
    return Difference(
        bind=bind,
        diff=found,
        notes=(*notes, *unrecorded),
        risks=risks,
        write_for=project.options.write_for,
    )


def notes_on(
    project: Project,
    bind: str,
    found: Diff,
    managed: frozenset[QualifiedName],
    detection: Detection,
) -> tuple[str, ...]:
    """Lines for people about what the models of ``bind`` make of something that is there."""
    loss = _loss(project, bind, found, managed, detection)
    lost = [f"{loss.message}; {loss.causes}"] if loss is not None else []
    maybe = (f"may be a rename: {each}" for each in _undecided(found, detection))
    taken = (
        f"taken for a rename: {each}; --no-rename {each.apart} keeps them apart"
        for each in found.taken_for_renames
    )
    return (*found.notes, *lost, *_left_alone(project, bind, found, lost), *taken, *maybe)


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
    filled = backfills.fillable(operations)
    for column in backfills.parse(detection.backfills):
        if column not in filled:
            raise ConfigurationError(
                f"--backfill {column} {backfills.FITS_NOTHING}",
                hint=f"columns that are: {', '.join(sorted(filled)) or 'none'}",
            )


Word = TypeVar("Word", Rename, Apart)


def _about(
    project: Project, bind: str, connection: Connection, words: Sequence[Word]
) -> Iterator[Word]:
    """The words that are about this database; those about none are the first one's."""
    if len(project.binds) == 1 or not words:
        yield from words
        return
    known = {each: _table_names(project, each) for each in project.binds}
    inspector = sa.inspect(connection)
    here = known[bind] | {str(QualifiedName(name)) for name in inspector.get_table_names()}
    elsewhere = set[str]().union(*(names for each, names in known.items() if each != bind))
    for word in words:
        subject = str(word.table) if word.table else word.before
        target = subject if word.table else word.after or subject
        is_mine = subject in here or target in here
        if is_mine or (bind == project.binds[0] and target not in elsewhere):
            yield word


def _table_names(project: Project, bind: str) -> set[str]:
    return {table.fullname for table in tables_of(project, bind)}


def _undecided(found: Diff, detection: Detection) -> tuple[RenameCandidate, ...]:
    is_said = detection.decide is not None or detection.no_rename
    return () if is_said else found.undecided


def _loss(
    project: Project,
    bind: str,
    found: Diff,
    managed: frozenset[QualifiedName],
    detection: Detection,
) -> MassLoss | None:
    models = {each: _table_names(project, each) for each in project.metadata}
    return mass_loss(found, managed, detection.drops, models, bind)


def _left_alone(project: Project, bind: str, found: Diff, said: Sequence[str]) -> Iterator[str]:
    if found.unmanaged:
        names = ", ".join(map(str, found.unmanaged))
        yield f"left alone, because no revision created it (--drop TABLE drops it): {names}"
        if not _table_names(project, bind) and not said:
            yield likely_causes()


def _unrecorded(
    project: Project, bind: str, found: Diff, managed: frozenset[QualifiedName]
) -> Iterator[str]:
    made = found.sides.current_tables - set(found.unmanaged)
    unrecorded = sorted(made - managed) if _table_names(project, bind) else []
    if unrecorded:
        names = ", ".join(map(str, unrecorded))
        yield (
            f"in the database, but no revision creates it: {names}; if db.create_all() made it, "
            "other databases will lack it"
        )
