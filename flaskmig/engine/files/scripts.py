"""Revision files on disk: reading their headers, loading one to run it, writing a new one."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from flaskmig.engine.configuration.option_files import INI, TOML
from flaskmig.engine.configuration.options import Options
from flaskmig.engine.files import naming
from flaskmig.engine.files.draft import Draft
from flaskmig.engine.files.header import parse, read_header
from flaskmig.engine.files.header_cache import HeaderCache
from flaskmig.engine.files.loading import NO_MODULES, compiled, refuse_alembic, run_tree
from flaskmig.engine.files.new_files import make_folders, write_new
from flaskmig.engine.files.revision_folders import (
    folders_of,
    open_to_others,
    read_revision,
    refuse_link,
    refuse_open,
    revision_files,
)
from flaskmig.engine.files.revision_source import TEMPLATE, NewRevision, revision_source
from flaskmig.engine.revisions.graph import Graph, Revision
from flaskmig.errors import ConfigurationError, InvalidRevisionFileError

__all__ = ["Draft", "NewRevision", "Scripts", "Source"]

_IMPORT = re.compile(rb"^([ \t]*from )alembic( import)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes of a revision file, read once: what is hashed is what is run.

    ``status`` is the file's as it was read.
    """

    path: str
    content: bytes
    checksum: str
    status: os.stat_result


class Scripts:
    """The revision files of a migrations folder.

    A file is read when its revision is asked for, and then not again by the same object.
    """

    def __init__(self, directory: Path, options: Options) -> None:
        self.directory = directory
        self.options = options
        self._graph: Graph | None = None
        self._sources: dict[str, Source] = {}

    @property
    def folders(self) -> tuple[Path, ...]:
        return self.options.version_folders(self.directory)

    @property
    def is_recursive(self) -> bool:
        """Whether subfolders are read: as the option says, or because new files go there."""
        return self.options.recursive_version_locations or "/" in self.options.file_template

    @property
    def graph(self) -> Graph:
        """The revisions, by their headers; nothing is executed.

        Raises ConfigurationError where there is no migrations folder, InvalidRevisionFileError
        for a file, and what `Graph` raises.
        """
        if self._graph is None:
            self._graph = Graph(self._headers())
        return self._graph

    def headers(self) -> tuple[Revision, ...]:
        """The headers of the files, also of those that make no graph; raises what `graph` does."""
        return tuple(self._headers())

    def complete(self, missing: Iterable[Revision]) -> None:
        """Take ``missing`` for revisions whose files are gone, so that the others make a graph."""
        self._graph = Graph([*self._headers(), *missing])

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell people about the folders, once."""
        if self.options.trust_directory:
            return ()
        return tuple(
            f"others may write the folder {folder}, and so decide what an upgrade runs"
            for folder in open_to_others((self.directory, *self.folders))
        )

    def source(self, revision: str) -> Source:
        """The file of a revision, as it is now; raises InvalidRevisionFileError."""
        found = self._sources.get(revision)
        if found is None:
            path = self.graph.revision(revision).path
            content, status = read_revision(path)
            now = read_header(content, path, os.path.basename(path))
            if now.id != revision:
                raise InvalidRevisionFileError(
                    f"{path} was revision {revision} a moment ago and now is {now.id}",
                    path=path,
                    hint="run the command again",
                )
            found = Source(path=path, content=content, checksum=checksum(content), status=status)
            self._sources[revision] = found
        return found

    def checksum(self, revision: str) -> str:
        """The hexadecimal SHA-256 of a revision's file; see `checksum`."""
        return self.source(revision).checksum

    def checksum_alone(self, revision: str) -> str:
        """The same for a file that is not to be run: what is in it is not looked at."""
        if revision in self._sources:
            return self._sources[revision].checksum
        return checksum(read_revision(self.graph.revision(revision).path)[0])

    def verify(
        self, revisions: Iterable[str], modules: Mapping[str, ModuleType] = NO_MODULES
    ) -> None:
        """Read the files of these revisions whole, so that none turns out broken half way.

        Raises InvalidRevisionFileError for one that `load` would refuse; nothing is executed.
        """
        for revision in revisions:
            source = self.source(revision)
            # Some errors, `return` outside of a function say, are seen by the compiler alone.
            compiled(self._tree(source, modules), source.path)

    def load(self, revision: str, modules: Mapping[str, ModuleType] = NO_MODULES) -> ModuleType:
        """Run a revision's file and return it as a module; its functions are not called.

        ``modules`` stand in for those of the same name while the file runs. No byte code is read
        or written. Raises InvalidRevisionFileError where the file does not parse or fails, where
        everybody may write it, and where it imports Alembic and ``modules`` have none.
        """
        source = self.source(revision)
        return run_tree(self._tree(source, modules), source.path, revision, modules)

    def new_id(self) -> str:
        """An id that no revision here has or starts with."""
        while True:
            id_ = naming.new_id()
            if id_ not in self.graph:
                return id_

    def draft(self, new: NewRevision) -> Draft:
        """The revision file as `write` would write it.

        Raises RevisionError where the id, the message or the parents cannot be,
        ConfigurationError where the folder or the template does not work.
        """
        self._refuse_open_settings()
        naming.check_id(new.id)
        naming.check_labels(new.branch_labels)
        message = naming.check_message(new.message)
        new = replace(new, message=message)
        options = self.options
        folder = self._folder_for(new)
        created = naming.now(options.timezone)
        name = naming.file_name(
            options.file_template,
            id_=new.id,
            message=message,
            created=created,
            longest=options.truncate_slug_length,
        )
        path = folder / name
        header = Revision(
            id=new.id,
            parents=new.parents,
            depends_on=new.depends_on,
            branch_labels=frozenset(new.branch_labels),
            message=message,
            path=str(path),
        )
        # Refuses a second use of the id or a label, and parents that are not there.
        Graph([*self.graph, header])
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
        write_new(draft.path, draft.content)
        self._graph = None
        for hook in self.options.post_write_hooks:
            hook.run(draft.path)
        return draft.path

    def create(self, new: NewRevision) -> Path:
        """Write a revision file at once; raises what `draft` and `write` raise."""
        return self.write(self.draft(new))

    def init(self, *, multidb: bool = False, package: bool = False) -> tuple[Path, ...]:
        """Make the migrations folder; what was made, in order.

        Raises ConfigurationError where the folder has something in it or cannot be made; nothing
        is left then.
        """
        directory = self.directory
        if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
            raise ConfigurationError(
                f"{directory} is there already and is not an empty folder",
                hint="choose another with --directory, or go on with what is there",
            )
        return make_folders(directory, self.folders, multidb=multidb, package=package)

    # Parts -------------------------------------------------------------------------------

    def _headers(self) -> Iterator[Revision]:
        if not self.directory.is_dir():
            raise ConfigurationError(
                f"there is no migrations folder {self.directory}",
                hint="`flask db init` makes it; --directory names another",
            )
        if not self.options.version_locations:
            refuse_link(self.directory, self.folders)
        cache = HeaderCache(self.directory)
        for file in revision_files(self.folders, recursive=self.is_recursive):
            stamp = (file.size, file.modified)
            header = cache.get(file.path, stamp)
            if header is None:
                content, _ = read_revision(file.path)
                header = read_header(content, file.path, file.name)
                cache.put(file.path, stamp, header)
            yield header
        cache.save()

    def _tree(self, source: Source, modules: Mapping[str, ModuleType]) -> ast.Module:
        """The syntax tree of a file that may run."""
        if not self.options.trust_directory:
            folders = [os.fspath(self.directory), *folders_of(source.path, self.folders)]
            refuse_open(source.path, source.status, folders)
        tree = parse(source.content, source.path)
        if "alembic" not in modules:
            refuse_alembic(tree, source.path)
        return tree

    def _refuse_open_settings(self) -> None:
        """Raise ConfigurationError where everybody may write what decides about new files.

        Hooks are programs that are run, and a template is code as well.
        """
        if self.options.trust_directory:
            return
        for name in (INI, TOML, TEMPLATE):
            path = os.fspath(self.directory / name)
            with suppress(FileNotFoundError, NotADirectoryError):
                try:
                    refuse_open(path, os.stat(path), [os.fspath(self.directory)])
                except InvalidRevisionFileError as error:
                    raise ConfigurationError(error.message, hint=error.hint) from None

    def _folder_for(self, new: NewRevision) -> Path:
        folders = self.folders
        if new.version_path is not None:
            for path in (Path(new.version_path), self.directory / new.version_path):
                if any(self._is_in(path, folder) for folder in folders):
                    return path
            raise ConfigurationError(
                f"{new.version_path} is none of the version locations",
                hint=f"use one of {', '.join(map(str, folders))}, or add it to version_locations",
            )
        if len(folders) == 1:
            return folders[0]
        for parent in new.parents:
            home = self.graph.revision(parent).path
            for folder in folders:
                if home.startswith(os.path.realpath(folder) + os.sep):
                    return folder
        raise ConfigurationError(
            "there are several version locations, and the new revision follows none in them",
            hint=f"say --version-path with one of {', '.join(map(str, folders))}",
        )

    def _is_in(self, path: Path, folder: Path) -> bool:
        try:
            wanted, root = os.path.realpath(path), os.path.realpath(folder)
        except ValueError:
            # A NUL, or half a character: no folder is called so.
            return False
        return wanted == root or (self.is_recursive and wanted.startswith(root + os.sep))


def checksum(content: bytes) -> str:
    """The hexadecimal SHA-256 of a revision file, whichever line ends and package it has.

    Line ends are read as LF, and ``from alembic import`` as ``from flaskmig import``, so that
    neither a checkout on Windows nor moving to flaskmig and back makes a file look edited.
    """
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return sha256(_IMPORT.sub(rb"\1flaskmig\2", lines)).hexdigest()
