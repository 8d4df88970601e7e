"""Going back to Flask-Migrate: leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flaskmig.engine.commands.connections import connect, history_of
from flaskmig.engine.commands.half_done import refuse_half_done
from flaskmig.engine.commands.opening import open_scripts
from flaskmig.engine.commands.writing import writing
from flaskmig.engine.configuration.file_content import read_file
from flaskmig.engine.files.ties import Tie, ties
from flaskmig.engine.records.journal import journal_of

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.migrating.events import Notify

# What Flask-Migrate looks for in the migrations folder.
_NEEDED = ("env.py", "alembic.ini", "script.py.mako")


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What stands against going back, and what was done.

    ``ties`` are the places in revision files that run under flaskmig alone. ``removed`` are the
    binds whose journal is gone; ``is_done`` is False where nothing was done because of the ties.
    """

    ties: tuple[Tie, ...] = ()
    removed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_done: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "ties": [{"path": tie.path, "line": tie.line, "text": tie.text} for tie in self.ties],
            "removed": [bind or "default" for bind in self.removed],
            "notes": list(self.notes),
            "done": self.is_done,
        }


def leave(project: Project, *, force: bool = False, notify: Notify | None = None) -> Left:
    """Take flaskmig's journal out of every database, so that Flask-Migrate can carry on.

    The version tables and the files stay as they are. With files that Alembic cannot run nothing
    is done, unless ``force`` says that it may be. ``notify`` is told of whom the lock is waited
    for. Raises InterruptedRevisionError where a revision was cut off: what the journal knows of
    that nobody else does.
    """
    scripts = open_scripts(project)
    found = tuple(_ties(scripts))
    notes = tuple(_notes(project, scripts))
    if found and not force:
        return Left(ties=found, notes=notes)
    binds = [bind for bind in project.binds if _has_journal(project, scripts, bind)]
    for bind in binds:
        with writing(project, bind, notify) as history:
            refuse_half_done(project, scripts, bind, history)
            journal_of(history).leave()
    return Left(ties=found, removed=tuple(binds), notes=notes, is_done=True)


def _ties(scripts: Scripts) -> Iterator[Tie]:
    for revision in scripts.graph:
        yield from ties(read_file(Path(revision.path))[0], revision.path)


def _has_journal(project: Project, scripts: Scripts, bind: str) -> bool:
    """Whether there is one; raises InterruptedRevisionError before anything is done anywhere."""
    with connect(project, bind) as connection:
        history = history_of(project, connection)
        refuse_half_done(project, scripts, bind, history)
        return journal_of(history).exists()


def _notes(project: Project, scripts: Scripts) -> Iterator[str]:
    missing = [name for name in _NEEDED if not (project.directory / name).exists()]
    if missing:
        yield (
            f"{project.directory} has no {', '.join(missing)}: Flask-Migrate needs them; its own "
            "`flask db init` writes them into a folder that is new, from where they can be copied"
        )
    options = project.options
    for name, default in (("version_table", "alembic_version"), ("version_table_schema", None)):
        value = getattr(options, name)
        if value != default:
            yield f"env.py has to pass {name}={value!r} to context.configure()"
    for bind in project.binds:
        with connect(project, bind) as connection:
            rows = history_of(project, connection).rows()
        inside = sorted(row for row in rows if row not in scripts.graph)
        if inside:
            where = f"{bind}: " if bind else ""
            yield (
                f"{where}no file of the versions folder is revision {', '.join(inside)}, where the "
                "database is; Alembic will not find it"
            )
