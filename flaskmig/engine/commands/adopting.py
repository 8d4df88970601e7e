"""Taking over a project of Flask-Migrate or Alembic: adopt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from flaskmig.engine.commands.adopted_database import AdoptedDatabase, look_at, record
from flaskmig.engine.commands.adopted_settings import Setting, settings_of
from flaskmig.engine.configuration.file_content import read_file
from flaskmig.engine.configuration.option_files import TOML, read_ini, read_toml
from flaskmig.engine.files.mako_template import AddedLine, added_lines
from flaskmig.engine.files.options_file import option_lines, write_options
from flaskmig.engine.files.own_imports import imports_alembic, rewritten
from flaskmig.engine.files.replacing import replace_file
from flaskmig.engine.files.scripts import Scripts
from flaskmig.engine.files.source import checksum

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.migrating.events import Notify

Kind = Literal["options", "imports", "journal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that adopt does.

    ``kind`` says to what: the "options" in flaskmig.toml, the "imports" of a revision file, or
    the "journal" of a database; ``subject`` is the path of the file or the name of the bind.
    """

    kind: Kind
    subject: str
    text: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.text}"

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {"kind": self.kind, "subject": self.subject, "text": self.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What a project is, what adopting it changes, and what stands against that.

    ``settings`` are what env.py says beyond Flask-Migrate's templates, ``ini`` the names of the
    options that alembic.ini is read for, ``template`` what script.py.mako adds. ``problems`` are
    for a person to mend; with any, or with settings that are left, nothing is changed.
    ``is_carried_out``: the changes were made, and not only looked for.
    """

    directory: Path
    files: int
    files_of_alembic: int
    heads: tuple[str, ...]
    settings: tuple[Setting, ...] = ()
    ini: tuple[str, ...] = ()
    template: tuple[AddedLine, ...] = ()
    databases: tuple[AdoptedDatabase, ...] = ()
    changes: tuple[Change, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_carried_out: bool = False

    @property
    def left(self) -> tuple[Setting, ...]:
        """What somebody has to say in Python before any other command goes on."""
        return tuple(each for each in self.settings if each.state == "left")

    @property
    def is_possible(self) -> bool:
        return not self.left and not self.problems

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "directory": str(self.directory),
            "files": self.files,
            "files_of_alembic": self.files_of_alembic,
            "heads": list(self.heads),
            "settings": [each.to_json() for each in self.settings],
            "left": [each.to_json() for each in self.left],
            "ini": list(self.ini),
            "template": [{"line": each.line, "text": each.text} for each in self.template],
            "databases": [each.to_json() for each in self.databases],
            "changes": [each.to_json() for each in self.changes],
            "problems": list(self.problems),
            "notes": list(self.notes),
            "carried_out": self.is_carried_out,
        }


def adopt(
    project: Project,
    *,
    rewrite: bool = False,
    dry_run: bool = False,
    agree: Callable[[Adopted], bool] | None = None,
    notify: Notify | None = None,
) -> Adopted:
    """Take over the migrations folder and what the databases say of it.

    The options of env.py that are plain values go to flaskmig.toml, new files are written so that
    Alembic runs them, and the journal of each database gets the checksums of what is applied.
    ``rewrite`` has the revision files import flaskmig instead. ``agree`` is shown all of it
    before anything is done, and may say no; ``dry_run`` only looks. A second time there is
    nothing to do. Nothing is deleted, and no revision is run.

    Raises ConfigurationError where a file cannot be read or written, RevisionError where the
    files are no history, ExecutionError where a database does not answer, LockTimeoutError.
    """
    look = _Look(project, rewrite=rewrite)
    found = look.found()
    wanted = found.is_possible and bool(found.changes) and not dry_run
    if not wanted or (agree is not None and not agree(found)):
        return found
    look.carry_out(notify)
    return replace(found, is_carried_out=True)


@dataclass
class _Look:
    """One project, looked at; and then changed as was found."""

    project: Project
    rewrite: bool
    rewrites: dict[Path, bytes] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    def found(self) -> Adopted:
        directory = self.project.directory
        settings = settings_of(directory, self.project.options)
        self.options = {each.name: each.value for each in settings if each.state == "moved"}
        options = self.project.options.overridden(self.options)
        self.project = replace(self.project, options=options)
        self.scripts = Scripts(directory, options)
        graph = self.scripts.graph
        of_alembic = self._files_of_alembic()
        if of_alembic or (directory / "env.py").exists():
            self.options |= self._write_for()
        # Where something is not said, the version table may be another one than it seems.
        is_known = not any(each.state == "left" for each in settings)
        self.databases = tuple(
            look_at(self.project, self.scripts, bind)
            for bind in (self.project.binds if is_known else ())
        )
        return Adopted(
            directory=directory,
            files=len(graph),
            files_of_alembic=of_alembic,
            heads=graph.heads,
            settings=settings,
            ini=tuple(read_ini(directory)),
            template=added_lines(directory),
            databases=self.databases,
            changes=tuple(self._changes()),
            problems=tuple(self._problems()),
            notes=tuple(self._notes()),
        )

    def carry_out(self, notify: Notify | None) -> None:
        """The databases first: they are what may refuse."""
        for database in self.databases:
            if database.unrecorded:
                record(self.project, self.scripts, database.bind, notify)
        # Before flaskmig.toml says that new files are like them.
        for path, content in self.rewrites.items():
            replace_file(path, content)
        if self.options:
            write_options(self.project.directory, self.options)

    def _changes(self) -> Iterator[Change]:
        toml = str(self.project.directory / TOML)
        for line in option_lines(self.options):
            yield Change(kind="options", subject=toml, text=line)
        for path in self.rewrites:
            yield Change(kind="imports", subject=str(path), text="from flaskmig import op")
        for database in self.databases:
            if database.unrecorded:
                count = len(database.unrecorded)
                many = f"checksums of {count} applied revisions"
                what = many if count > 1 else "checksum of 1 applied revision"
                yield Change(
                    kind="journal",
                    subject=database.bind or "default",
                    text=f"flaskmig_journal gets the {what}",
                )

    def _problems(self) -> Iterator[str]:
        for database in self.databases:
            yield from database.problems
        said = read_toml(self.project.directory).get("write_for")
        if self.rewrite and self.project.options.write_for == "alembic" and said != "alembic":
            yield 'Migrate(…, write_for="alembic") stands against --rewrite; take it out'

    def _notes(self) -> Iterator[str]:
        yield from self.kept
        for database in self.databases:
            yield from database.notes

    def _write_for(self) -> dict[str, str]:
        """What new files are to be, where nobody said it."""
        if self.rewrite:
            said = self.project.options.write_for == "flaskmig"
            return {} if said and self._is_given("write_for") else {"write_for": "flaskmig"}
        return {} if self._is_given("write_for") else {"write_for": "alembic"}

    def _is_given(self, name: str) -> bool:
        return name in self.project.options.given

    def _files_of_alembic(self) -> int:
        """How many files import Alembic; with ``rewrite``, what becomes of them."""
        count = 0
        for revision in self.scripts.graph:
            path = Path(revision.path)
            content = read_file(path)[0]
            if not imports_alembic(content, revision.path):
                continue
            count += 1
            if self.rewrite:
                self._rewrite(path, content)
        return count

    def _rewrite(self, path: Path, content: bytes) -> None:
        new = rewritten(content, str(path))
        for line, text in new.kept:
            self.kept.append(f"{path}, line {line}, stays as it is: {text}")
        # What is applied must not look as if somebody had edited it.
        if new.content != content and checksum(new.content) == checksum(content):
            self.rewrites[path] = new.content
