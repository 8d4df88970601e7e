"""The commands that look at revisions and databases and change neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flaskmig.dialects.answers import shown
from flaskmig.engine.commands.changed_files import warnings
from flaskmig.engine.commands.connections import (
    connect,
    history_of,
    require_known,
    version_rows,
)
from flaskmig.engine.commands.entries import LogEntry, entries
from flaskmig.engine.commands.findings import findings
from flaskmig.engine.commands.half_done import half_done
from flaskmig.engine.commands.located import located
from flaskmig.engine.commands.opening import open_scripts
from flaskmig.engine.files.scripts import Scripts
from flaskmig.errors import DatabaseBehindError

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.revisions.graph import Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """Where one database is; ``url`` has no password in it."""

    bind: str
    url: str
    entries: tuple[LogEntry, ...]
    is_at_heads: bool
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "bind": self.bind or "default",
            "url": self.url,
            "revisions": [entry.to_json() for entry in self.entries],
            "is_at_heads": self.is_at_heads,
            "warnings": list(self.warnings),
        }


def heads(project: Project, *, resolve_dependencies: bool = False) -> tuple[LogEntry, ...]:
    """The revisions without children; with the flag, those that nothing depends on either."""
    graph = read_graph(project)
    ids = graph.effective_heads if resolve_dependencies else graph.heads
    return entries(graph, [graph.revision(id) for id in ids])


def branches(project: Project) -> tuple[LogEntry, ...]:
    """The revisions with several children, newest first."""
    graph = read_graph(project)
    return entries(graph, [graph.revision(revision) for revision in graph.branch_points])


def history(
    project: Project, *, rev_range: str | None = None, indicate_current: bool = False
) -> tuple[LogEntry, ...]:
    """The revisions, newest first; of ``rev_range`` "start:end" only those in between.

    The databases are asked only where the range names ``current`` or is relative, or where
    ``indicate_current`` wants it. Raises RevisionError.
    """
    asks = indicate_current or _is_relative(rev_range)
    rows = {bind: version_rows(project, bind) for bind in project.binds} if asks else {}
    at = frozenset[str]().union(*rows.values())
    graph = open_scripts(project).at(at).graph
    if rev_range is None:
        return entries(graph, list(graph), rows)
    require_known(graph, at)
    return entries(graph, graph.range(_as_range(rev_range), at), rows)


def show(project: Project, revision: str = "head") -> tuple[LogEntry, ...]:
    """The revisions that an identifier names, ``current`` and ``heads`` included."""
    scripts = open_scripts(project)
    at = frozenset[str]()
    if _is_relative(revision):
        at = at.union(*(version_rows(project, bind) for bind in project.binds))
    # A replaced revision has a file as well, and that is what is to be seen.
    graph = scripts.at((*at, revision)).graph
    return entries(graph, [graph.revision(id) for id in resolve(project, graph, revision)])


def current(project: Project, *, check_heads: bool = False) -> tuple[Current, ...]:
    """Where each database is.

    Raises UnknownRevisionError for one that is at a revision without a file, and, with
    ``check_heads``, DatabaseBehindError for one that is not at all heads and
    InterruptedRevisionError for one where a revision is half done.
    """
    scripts = open_scripts(project)
    graph = scripts.graph
    found = tuple(_current(project, scripts, bind, check_heads) for bind in project.binds)
    if check_heads:
        for database in found:
            if not database.is_at_heads:
                at = [entry.revision.id for entry in database.entries]
                raise behind(graph, frozenset(at), database.bind)
    return found


def read_graph(project: Project) -> Graph:
    return open_scripts(project).graph


def resolve(project: Project, graph: Graph, identifier: str) -> Sequence[str]:
    """The ids that an identifier names; the databases are asked only for ``current``."""
    if not _is_relative(identifier):
        return graph.resolve(identifier)
    at = frozenset[str]().union(*(version_rows(project, bind) for bind in project.binds))
    require_known(graph, at)
    return sorted(at) if identifier == "current" else graph.resolve(identifier, at)


def behind(graph: Graph, rows: frozenset[str], bind: str = "") -> DatabaseBehindError:
    """The error for a database that is not at the heads."""
    at = ", ".join(sorted(rows)) or "no revision"
    to = ", ".join(graph.heads)
    where = f"the database of bind {bind}" if bind else "the database"
    several = len(graph.heads) > 1
    return DatabaseBehindError(
        f"{where} is at {at} and not at {to}",
        current=sorted(rows),
        heads=graph.heads,
        hint=f"flask db upgrade{' heads' if several else ''}",
    )


def _current(project: Project, scripts: Scripts, bind: str, check_heads: bool) -> Current:
    with connect(project, bind) as connection:
        versions = history_of(project, connection)
        rows = versions.rows()
        scripts = located(scripts, versions)
        graph = scripts.graph
        require_known(graph, rows)
        cut = half_done(project, scripts, bind, versions)
        is_at_heads = rows == frozenset(graph.effective_heads)
        if cut is not None and check_heads and is_at_heads:
            raise cut
        odd = findings(scripts, versions)
        url = shown(connection.engine.url)
    return Current(
        bind=bind,
        url=url,
        entries=entries(graph, [graph.revision(row) for row in sorted(rows)], {bind: rows}),
        is_at_heads=is_at_heads,
        warnings=(*([cut.message] if cut is not None else []), *scripts.left_out, *warnings(odd)),
    )


def _is_relative(identifier: str | None) -> bool:
    """Whether the identifier means something only beside what a database is at."""
    parts = [part.rpartition("@")[2] for part in (identifier or "").split(":")]
    return any(part == "current" or part[:1] in ("+", "-") for part in parts)


def _as_range(text: str) -> str:
    return text if ":" in text else f"{text}:{text}"
