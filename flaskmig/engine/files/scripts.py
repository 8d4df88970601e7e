"""Revision files on disk: reading their headers, loading one to run it, writing a new one."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

from flaskmig.engine.configuration.option_files import INI, TOML
from flaskmig.engine.configuration.options import Options
from flaskmig.engine.files.folder_headers import FolderHeaders
from flaskmig.engine.files.header import read_header
from flaskmig.engine.files.loading import NO_MODULES, code_of, run_code
from flaskmig.engine.files.revision_folders import (
    folders_of,
    open_to_others,
    read_revision,
    real_folders,
    refuse_open,
)
from flaskmig.engine.files.source import Source, checksum
from flaskmig.engine.revisions.graph import Graph, Revision
from flaskmig.engine.revisions.replaced import Replaced, without_replaced
from flaskmig.errors import (
    ConfigurationError,
    InvalidRevisionFileError,
    RevisionNotFoundError,
)

if TYPE_CHECKING:
    from flaskmig.engine.files.draft import Draft
    from flaskmig.engine.files.new_revision import NewRevision


class Scripts:
    """The revision files of a migrations folder.

    A file is read when its revision is asked for, and then not again by the same object.
    """

    def __init__(self, directory: Path, options: Options) -> None:
        self.directory = directory
        self.options = options
        self._headers = FolderHeaders(directory, options)
        self._graph: Graph | None = None
        self._sources: dict[str, Source] = {}
        # Of files that were verified and not loaded yet.
        self._codes: dict[tuple[str, bool], CodeType] = {}

    @property
    def folders(self) -> tuple[Path, ...]:
        return self._headers.folders

    @property
    def is_recursive(self) -> bool:
        """Whether subfolders are read: as the option says, or because new files go there."""
        return self._headers.is_recursive

    @property
    def graph(self) -> Graph:
        """The revisions, by their headers; nothing is executed.

        Raises ConfigurationError where there is no migrations folder, InvalidRevisionFileError
        for a file, and what `Graph` raises.
        """
        if self._graph is None:
            try:
                self._graph = Graph(without_replaced(self._headers.read()))
            except RevisionNotFoundError as error:
                raise self._headers.with_strays(error) from error
        return self._graph

    def at(self, rows: Collection[str]) -> Scripts:
        """The revision files as a database at ``rows`` needs them.

        Where it is in the middle of what a squashed revision replaces, the old revisions stand in
        that one's place; mostly it is this object.
        """
        graph = self.graph
        if all(row in graph for row in rows) or not self.replacers:
            return self
        revisions = self.replaced.expanded(graph.as_given, rows)
        if len(revisions) == len(graph):
            return self
        there = Scripts(self.directory, self.options)
        there._graph, there._headers = Graph(revisions), self._headers
        return there

    @property
    def replacers(self) -> Mapping[str, Revision]:
        """The revision that replaces another one, by the id of that."""
        return self.graph.replacers

    @cached_property
    def replaced(self) -> Replaced:
        """The revisions whose files are kept for databases in the middle of them."""
        from flaskmig.engine.files.replaced_files import read_replaced

        return read_replaced(self.directory)

    def former(self, revision: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The checksum and the parents of each file that had the id before it was squashed."""
        squashed = self.graph.revision(revision)
        for each in self.replaced.former(squashed) if squashed.replaces else ():
            yield checksum(read_revision(each.path)[0]), each.parents

    def headers(self) -> tuple[Revision, ...]:
        """The headers of the files, also of those that make no graph; raises what `graph` does."""
        return tuple(self._headers.read())

    def complete(self, missing: Iterable[Revision]) -> None:
        """Take ``missing`` for revisions whose files are gone, so that the others make a graph."""
        self._graph = Graph(without_replaced([*self._headers.read(), *missing]))

    @property
    def left_out(self) -> tuple[str, ...]:
        """What to tell people about files in the folders that are no revisions."""
        strays = self._headers.strays.values()
        return tuple(f"left out, as it is no revision: {why}" for why in strays)

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell people about the folders, once."""
        if self.options.trust_directory:
            return self.left_out
        return self.left_out + tuple(
            f"others may write the folder {folder}, and so decide what an upgrade runs"
            for folder in open_to_others((self.directory, *self.folders))
        )

    def source(self, revision: str) -> Source:
        """The file of a revision, as it is now; raises InvalidRevisionFileError."""
        found = self._sources.get(revision)
        if found is None:
            path = self.graph.revision(revision).path
            content, status = read_revision(path)
            sha256 = checksum(content)
            if sha256 != self._headers.checksums.get(path):
                _require_id(revision, content, path)
            found = Source(path=path, content=content, checksum=sha256, status=status)
            self._sources[revision] = found
        return found

    def checksum(self, revision: str) -> str:
        """The hexadecimal SHA-256 of a revision's file; see `checksum`."""
        return self.source(revision).checksum

    def checksum_alone(self, revision: str) -> str:
        """The same for a file that is not to be run: what is in it is not looked at.

        It is that of the file as it was when its header was read.
        """
        if revision in self._sources:
            return self._sources[revision].checksum
        path = self.graph.revision(revision).path
        return self._headers.checksums.get(path) or checksum(read_revision(path)[0])

    def verify(
        self, revisions: Iterable[str], modules: Mapping[str, ModuleType] = NO_MODULES
    ) -> None:
        """Read the files of these revisions whole, so that none turns out broken half way.

        Raises InvalidRevisionFileError for one that `load` would refuse; nothing is executed.
        """
        for revision in revisions:
            # Some errors, `return` outside of a function say, are seen by the compiler alone.
            self._codes[revision, "alembic" in modules] = self._code(revision, modules)

    def load(self, revision: str, modules: Mapping[str, ModuleType] = NO_MODULES) -> ModuleType:
        """Run a revision's file and return it as a module; its functions are not called.

        ``modules`` stand in for those of the same name while the file runs. No byte code is read
        or written. Raises InvalidRevisionFileError where the file does not parse or fails, where
        everybody may write it, and where it imports Alembic and ``modules`` have none.
        """
        known = self._codes.pop((revision, "alembic" in modules), None)
        code = known or self._code(revision, modules)
        return run_code(code, self.source(revision).path, revision, modules)

    def new_id(self) -> str:
        """An id that no revision here has or starts with."""
        from flaskmig.engine.files import naming

        while True:
            id_ = naming.new_id()
            if id_ not in self.graph:
                return id_

    def draft(self, new: NewRevision) -> Draft:
        """The revision file as `write` would write it.

        Raises RevisionError where the id, the message or the parents cannot be,
        ConfigurationError where the folder or the template does not work.
        """
        from flaskmig.engine.files import naming
        from flaskmig.engine.files.draft import Draft
        from flaskmig.engine.files.new_place import new_path
        from flaskmig.engine.files.revision_source import revision_source

        self._refuse_open_settings()
        if not new.replaces:
            naming.check_id(new.id)
        naming.check_labels(new.branch_labels)
        message = naming.check_message(new.message)
        new = replace(new, message=message)
        options = self.options
        created = naming.now(options.timezone)
        path = new_path(new, created, self._headers, self.graph)
        header = Revision(
            id=new.id,
            parents=new.parents,
            depends_on=new.depends_on,
            branch_labels=frozenset(new.branch_labels),
            replaces=new.replaces,
            message=message,
            path=str(path),
        )
        replaced = {new.id, *new.replaces} if new.replaces else set[str]()
        # Refuses a second use of the id or a label, and parents that are not there.
        Graph([*(each for each in self.graph if each.id not in replaced), header])
        source = revision_source(
            new,
            created,
            directory=self.directory,
            encoding=options.output_encoding,
        )
        return Draft(path=path, content=source, revision=header)

    def write(self, draft: Draft) -> Path:
        """Write a revision file; it is there whole, or not at all, and replaces none.

        Raises ConfigurationError where it cannot be written, or a hook does not work.
        """
        from flaskmig.engine.files.new_files import write_new

        write_new(draft.path, draft.content)
        self.written(draft.path)
        return draft.path

    def written(self, path: Path) -> None:
        """Read the folder anew, and run the hooks that files are put through.

        Raises ConfigurationError where one does not work.
        """
        self._graph = None
        self._sources.clear()
        self._codes.clear()
        for hook in self.options.post_write_hooks:
            hook.run(path)

    def is_unchanged(self, revision: str) -> bool:
        """Whether the file of a revision still has the bytes that were read."""
        content, _ = read_revision(self.source(revision).path)
        return content == self.source(revision).content

    def create(self, new: NewRevision) -> Path:
        """Write a revision file at once; raises what `draft` and `write` raise."""
        return self.write(self.draft(new))

    def init(self, *, multidb: bool = False, package: bool = False) -> tuple[Path, ...]:
        """Make the migrations folder; what was made, in order.

        Raises ConfigurationError where the folder has something in it or cannot be made; nothing
        is left then.
        """
        from flaskmig.engine.files.new_files import make_folders

        directory = self.directory
        if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
            raise ConfigurationError(
                f"{directory} is there already and is not an empty folder",
                hint="choose another with --directory, or go on with what is there",
            )
        return make_folders(directory, self.folders, multidb=multidb, package=package)

    # Parts -------------------------------------------------------------------------------

    @cached_property
    def _roots(self) -> frozenset[str]:
        """The folders of revisions, in which the files of this object were found."""
        from flaskmig.engine.files.replaced_files import FOLDER

        return real_folders((*self.folders, self.directory / FOLDER))

    def _code(self, revision: str, modules: Mapping[str, ModuleType]) -> CodeType:
        """The code of a file that may run."""
        source = self.source(revision)
        if self.options.prepend_sys_path:
            # They decide what code is imported.
            self._refuse_open_settings()
        if not self.options.trust_directory:
            folders = [os.fspath(self.directory), *folders_of(source.path, self._roots)]
            refuse_open(source.path, source.status, folders)
        return code_of(source.content, source.path, modules)

    def _refuse_open_settings(self) -> None:
        """Raise ConfigurationError where everybody may write what decides about new files.

        Hooks are programs that are run, and a template is code as well.
        """
        from flaskmig.engine.files.revision_source import TEMPLATE

        if self.options.trust_directory:
            return
        for name in (INI, TOML, TEMPLATE):
            path = os.fspath(self.directory / name)
            with suppress(FileNotFoundError, NotADirectoryError):
                try:
                    refuse_open(path, os.stat(path), [os.fspath(self.directory)])
                except InvalidRevisionFileError as error:
                    raise ConfigurationError(error.message, hint=error.hint) from None


def _require_id(revision: str, content: bytes, path: str) -> None:
    """Raise InvalidRevisionFileError where the file says by now that it is another revision."""
    now = read_header(content, path, os.path.basename(path))
    if now.id != revision:
        raise InvalidRevisionFileError(
            f"{path} was revision {revision} a moment ago and now is {now.id}",
            path=path,
            hint="run the command again",
        )
