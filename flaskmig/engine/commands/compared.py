"""Two sides compared as a project's options have it, and what of them its files made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from flaskmig.engine.detecting.differences import Diff
from flaskmig.engine.detecting.differences import diff as compare_sides
from flaskmig.engine.files.managed import Managed, managed_by
from flaskmig.operations import DropEnum, DropSequence, DropTable, Operation
from flaskmig.schema import QualifiedName

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.engine.commands.detection import Detection
    from flaskmig.engine.comparing.renames import Apart, Rename
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.detecting.sources import Source
    from flaskmig.engine.files.scripts import Scripts


def compare(
    project: Project,
    target: Source,
    current: Source,
    detection: Detection,
    *,
    renames: Iterable[Rename],
    apart: Iterable[Apart] | None = None,
    managed: Collection[QualifiedName] | None,
    objects: Collection[str] = (),
    spelled_by: Connection | None = None,
    schemas: Collection[str] = (),
) -> Diff:
    """The difference between any two sides, as the project's options have it.

    ``apart`` is what is no rename, None for all that the detection says of it.
    ``managed`` are the tables that revisions created, None where all may be dropped; ``objects``
    the labels of the views, functions, triggers and extensions.
    """
    options = project.options
    found = compare_sides(
        target,
        current,
        renames=[str(word) for word in renames],
        no_rename=detection.apart if apart is None else map(str, apart),
        detect_renames=not detection.no_rename,
        decide=detection.decide,
        managed=None if managed is None else {*managed, *objects, *detection.drops},
        spelled_by=spelled_by,
        schemas=schemas,
        include_object=options.include_object,
        include_name=options.include_name,
        include_schemas=options.include_schemas,
        compare_type=options.compare_type,
        compare_server_default=options.compare_server_default,
        render_item=options.render_item,
        version_table=options.version_table,
        version_table_schema=options.version_table_schema,
    )
    if managed is None:
        return found
    strangers = set(detection.drops) - set(map(str, managed))
    return replace(found, operations=tuple(_careful(found, strangers)))


def managed_by_files(project: Project, scripts: Scripts, bind: str) -> Managed:
    """What the revision files create in the database of the bind."""
    return managed_by(
        [revision.path for revision in scripts.graph.as_given],
        bind,
        binds={*project.metadata, *project.binds},
    )


def collections(project: Project, bind: str) -> tuple[sa.MetaData, ...]:
    """The models of a bind, one MetaData or several."""
    found = project.metadata.get(bind, ())
    return (found,) if isinstance(found, sa.MetaData) else tuple(found)


def tables_of(project: Project, bind: str) -> Iterator[sa.Table]:
    """The models' tables of a bind."""
    for collection in collections(project, bind):
        yield from collection.tables.values()


def _careful(found: Diff, strangers: Set[str]) -> Iterator[Operation]:
    """The operations; what goes with tables that no revision made may be absent elsewhere."""
    if not strangers:
        yield from found.operations
        return
    users: dict[QualifiedName, set[str]] = {}
    for table in found.current.tables:
        for column in table.columns:
            for name in (column.type.enum, column.sequence):
                if name is not None:
                    users.setdefault(name, set()).add(str(table.name))
    for operation in found.operations:
        match operation:
            case DropTable(table=table) if str(table.name) in strangers:
                yield replace(operation, if_exists=True)
            case DropEnum(enum=enum) if users.get(enum.name, set()) <= strangers:
                yield replace(operation, if_exists=True)
            case DropSequence(sequence=sequence) if users.get(sequence.name, set()) <= strangers:
                yield replace(operation, if_exists=True)
            case _:
                yield operation
