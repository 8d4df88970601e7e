"""``on_version_apply``: functions of the project that are told of each change of version rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from flaskmig.engine.executing.revision_connection import NoEnd, RevisionConnection

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect

    from flaskmig.engine.configuration.options import Options
    from flaskmig.engine.revisions.graph import Graph
    from flaskmig.engine.revisions.revision import Revision


@dataclass(frozen=True, slots=True)
class AppliedRevision:
    """A revision with the names that Alembic has for what is known of it."""

    revision: str
    down_revision: str | tuple[str, ...] | None
    message: str
    path: str

    @property
    def doc(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class VersionStep:
    """What was done, with the attributes of Alembic's ``MigrationInfo``."""

    is_upgrade: bool
    is_stamp: bool
    up_revisions: tuple[AppliedRevision, ...]
    down_revisions: tuple[AppliedRevision, ...]

    @property
    def is_migration(self) -> bool:
        return not self.is_stamp

    @property
    def up_revision(self) -> AppliedRevision | None:
        return self.up_revisions[0] if self.up_revisions else None

    @property
    def up_revision_id(self) -> str | None:
        return self.up_revisions[0].revision if self.up_revisions else None

    @property
    def up_revision_ids(self) -> tuple[str, ...]:
        return tuple(each.revision for each in self.up_revisions)

    @property
    def down_revision_ids(self) -> tuple[str, ...]:
        return tuple(each.revision for each in self.down_revisions)

    @property
    def source_revisions(self) -> tuple[AppliedRevision, ...]:
        return self.down_revisions if self.is_upgrade else self.up_revisions

    @property
    def source_revision_ids(self) -> tuple[str, ...]:
        return tuple(each.revision for each in self.source_revisions)

    @property
    def destination_revisions(self) -> tuple[AppliedRevision, ...]:
        return self.up_revisions if self.is_upgrade else self.down_revisions

    @property
    def destination_revision_ids(self) -> tuple[str, ...]:
        return tuple(each.revision for each in self.destination_revisions)


class VersionContext:
    """``ctx`` of the functions: the connection on which the version table was written.

    What a function runs on it is committed together with the revision, and not before.
    """

    as_sql = False

    def __init__(self, connection: Connection, options: Options) -> None:
        self.connection = connection
        self.version_table = options.version_table
        self.version_table_schema = options.version_table_schema
        self.opts: dict[str, Any] = {
            each.name: getattr(options, each.name) for each in fields(options)
        }

    @property
    def bind(self) -> Connection:
        return self.connection

    @property
    def dialect(self) -> SQLAlchemyDialect:
        return self.connection.dialect


def tell_of_revision(
    options: Options,
    connection: Connection,
    graph: Graph,
    revision: Revision,
    after: Collection[str],
    *,
    is_upgrade: bool,
) -> None:
    """Call the functions of the project after a revision; ``after`` are the version rows now."""
    if options.on_version_apply:
        below = (*revision.parents, *(graph.resolve_one(each) for each in revision.depends_on))
        step = VersionStep(
            is_upgrade=is_upgrade,
            is_stamp=False,
            up_revisions=(_described(revision),),
            down_revisions=_all(graph, dict.fromkeys(below)),
        )
        _tell(options, connection, step, after)


def tell_of_stamp(
    options: Options,
    connection: Connection,
    graph: Graph,
    before: Collection[str],
    after: Collection[str],
) -> None:
    """The same after a stamp that changed the version rows from ``before`` to ``after``."""
    if options.on_version_apply and set(before) != set(after):
        known = [each for each in before if each in graph]
        is_upgrade = graph.ancestors(known) <= graph.ancestors(after)
        ends = (_all(graph, sorted(after)), _all(graph, sorted(known)))
        up, down = ends if is_upgrade else ends[::-1]
        step = VersionStep(
            is_upgrade=is_upgrade, is_stamp=True, up_revisions=up, down_revisions=down
        )
        _tell(options, connection, step, after)


def _tell(
    options: Options, connection: Connection, step: VersionStep, after: Collection[str]
) -> None:
    kept = RevisionConnection(connection, NoEnd(), lambda _: None)
    context = VersionContext(kept, options)
    for function in options.on_version_apply:
        function(ctx=context, step=step, heads=set(after), run_args={})


def _all(graph: Graph, ids: Collection[str]) -> tuple[AppliedRevision, ...]:
    return tuple(_described(graph.revision(each)) for each in ids)


def _described(revision: Revision) -> AppliedRevision:
    parents = revision.parents
    return AppliedRevision(
        revision=revision.id,
        down_revision=None if not parents else parents[0] if len(parents) == 1 else parents,
        message=revision.message,
        path=revision.path,
    )
