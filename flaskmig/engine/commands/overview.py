"""Where every database is and what is wrong there: one screen each. Nothing is written or run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flaskmig.dialects.answers import shown
from flaskmig.engine.commands.connections import connect, history_of
from flaskmig.engine.commands.detection import Detection, detect
from flaskmig.engine.commands.findings import Finding, findings
from flaskmig.engine.commands.located import located
from flaskmig.engine.commands.missing_files import stand_in_for_missing
from flaskmig.engine.commands.opening import open_scripts
from flaskmig.engine.commands.resolving import Work, unfinished_work
from flaskmig.engine.executing.interrupted import bind_option
from flaskmig.engine.records.journal import journal_of
from flaskmig.errors import FlaskmigError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL, Connection

    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.records.history import History

_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One database, as far as it could be looked at; ``url`` has no password in it.

    ``server`` is empty where there is no database yet. ``pending`` is None where nobody can tell
    what is; ``differences`` from the models, one line each, are None where ``not_compared`` says
    why they were not looked for. ``errors`` are what kept something from being seen.
    """

    bind: str
    url: str
    server: str = ""
    current: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    pending: tuple[str, ...] | None = None
    unfinished: tuple[Work, ...] = ()
    findings: tuple[Finding, ...] = ()
    differences: tuple[str, ...] | None = None
    not_compared: str = ""
    errors: tuple[FlaskmigError, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "bind": self.bind or "default",
            "url": self.url,
            "server": self.server,
            "current": list(self.current),
            "heads": list(self.heads),
            "pending": None if self.pending is None else list(self.pending),
            "unfinished": [each.to_json() for each in self.unfinished],
            "findings": [each.to_json() for each in self.findings],
            "differences": None if self.differences is None else list(self.differences),
            "not_compared": self.not_compared,
            "errors": [each.message for each in self.errors],
        }


def status(project: Project) -> tuple[Status, ...]:
    """Every database of the project; what cannot be seen is in its ``errors``.

    Raises ConfigurationError where the project is none.
    """
    return tuple(_status(project, open_scripts(project), bind) for bind in project.binds)


def _status(project: Project, scripts: Scripts, bind: str) -> Status:
    url = project.engines(bind).url
    found = Status(bind=bind, url=shown(url))
    if not _is_there(url):
        return _with_files(replace(found, not_compared="there is no such file yet"), scripts)
    try:
        with connect(project, bind) as connection:
            history = history_of(project, connection)
            journal = journal_of(history)
            found = replace(
                found,
                server=_server(connection),
                current=tuple(sorted(history.rows())),
                unfinished=unfinished_work(history, bind_option(project, bind)),
            )
            try:
                gone = stand_in_for_missing(scripts, journal)
                scripts = located(scripts, history)
                found = _with_files(found, scripts)
                found = replace(found, findings=findings(scripts, history))
            except FlaskmigError as error:
                why = "the revision files cannot be read"
                return replace(found, not_compared=why, errors=(error,))
            return _compared(project, scripts, found, history, gone)
    except FlaskmigError as error:
        return replace(found, not_compared="the database cannot be read", errors=(error,))


def _with_files(found: Status, scripts: Scripts) -> Status:
    """With what the files say: the heads, and what the database has not had of them."""
    try:
        graph = scripts.graph
        heads = tuple(graph.effective_heads)
        is_known = all(row in graph for row in found.current)
        path = graph.upgrade_path(found.current, "heads") if is_known else None
    except FlaskmigError as error:
        return replace(found, errors=(*found.errors, error))
    pending = None if path is None else tuple(step.id for step in path)
    return replace(found, heads=heads, pending=pending)


def _compared(
    project: Project, scripts: Scripts, found: Status, history: History, gone: Sequence[str]
) -> Status:
    if gone:
        return replace(found, not_compared=f"the file of {', '.join(gone)} is missing")
    if found.pending is None:
        return replace(found, not_compared="the database is at a revision that no file has")
    if found.pending:
        return replace(found, not_compared="the database is not at the heads")
    if found.unfinished:
        return replace(found, not_compared="a revision is half done")
    try:
        difference = detect(project, scripts, found.bind, history.connection, Detection())
    except FlaskmigError as error:
        return replace(found, not_compared=error.message)
    return replace(found, differences=tuple(map(str, difference.operations)))


def _server(connection: Connection) -> str:
    dialect = connection.dialect
    version = getattr(dialect, "server_version_info", None) or ()
    return " ".join([_NAMES.get(dialect.name, dialect.name), ".".join(map(str, version))]).strip()


def _is_there(url: URL) -> bool:
    """Whether looking makes nothing: SQLite makes the file of a database that is opened."""
    name = url.database
    if url.get_backend_name() != "sqlite" or not name or name == ":memory:":
        return True
    return name.startswith("file:") or Path(name).exists()
