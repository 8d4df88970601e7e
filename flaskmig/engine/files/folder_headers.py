"""The headers of all revision files in the folders of a project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flaskmig.engine.configuration.options import Options
from flaskmig.engine.files.header import is_stray, read_header
from flaskmig.engine.files.header_cache import HeaderCache, Known
from flaskmig.engine.files.revision_folders import (
    RevisionFile,
    byte_code,
    read_revision,
    refuse_link,
    revision_files,
)
from flaskmig.engine.files.source import checksum
from flaskmig.engine.revisions.revision import Revision
from flaskmig.errors import ConfigurationError, InvalidRevisionFileError, RevisionNotFoundError


class FolderHeaders:
    """What the files say of themselves; nothing is executed.

    ``strays`` are files beside the revisions that are none, with what is wrong with them as
    revisions; they are known when all headers were read. ``checksums`` are those of the files
    as they were then, by path.
    """

    def __init__(self, directory: Path, options: Options) -> None:
        self.directory = directory
        self.options = options
        self.strays: dict[str, str] = {}
        self.checksums: dict[str, str] = {}

    @property
    def folders(self) -> tuple[Path, ...]:
        return self.options.version_folders(self.directory)

    @property
    def is_recursive(self) -> bool:
        """Whether subfolders are read: as the option says, or because new files go there."""
        return self.options.recursive_version_locations or "/" in self.options.file_template

    def read(self) -> Iterator[Revision]:
        """The revisions, file by file.

        Raises ConfigurationError where there is no migrations folder or it has byte code alone,
        InvalidRevisionFileError for a file.
        """
        if not self.directory.is_dir():
            raise ConfigurationError(
                f"there is no migrations folder {self.directory}",
                hint="`flask db init` makes it; --directory names another",
            )
        if not self.options.version_locations:
            refuse_link(self.directory, self.folders)
        cache = HeaderCache(self.directory)
        count = 0
        for file in revision_files(self.folders, recursive=self.is_recursive):
            known = cache.get(file.path, file.stamp) or self._read_file(file, cache)
            if known is not None:
                count += 1
                revision, self.checksums[file.path] = known
                yield revision
        cache.save()
        if not count:
            self._refuse_byte_code()

    def with_strays(self, error: RevisionNotFoundError) -> RevisionNotFoundError:
        """The error, with the files that were left out: one of them may be what is missing."""
        if not self.strays:
            return error
        left_out = "; ".join(self.strays.values())
        return RevisionNotFoundError(
            f"{error.message}; left out as no revisions were: {left_out}",
            identifier=error.identifier,
            hint=error.hint,
        )

    def _read_file(self, file: RevisionFile, cache: HeaderCache) -> Known | None:
        """What a file says that is not in the cache; None for one that is no revision."""
        content, _ = read_revision(file.path)
        try:
            header = read_header(content, file.path, file.name)
        except InvalidRevisionFileError as error:
            if not is_stray(content, file.name):
                raise
            self.strays[file.path] = error.message
            return None
        known = header, checksum(content)
        cache.put(file.path, file.stamp, known)
        return known

    def _refuse_byte_code(self) -> None:
        only = byte_code(self.folders)
        if only is not None:
            raise ConfigurationError(
                f"{only} is byte code, and there is no revision beside it: headers are read from "
                "source",
                hint="put the .py files of the revisions into the folder",
            )
