"""The files in the folders of revisions, and whether they can be trusted.

Whoever may write a revision file decides what the next upgrade runs. Symbolic links that lead out
of the folders are therefore refused, and files that everybody may write, or replace, are not run;
reading their headers runs nothing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from flaskmig.engine.configuration.file_content import read_file
from flaskmig.errors import ConfigurationError, InvalidRevisionFileError

_HINT = (
    "make it writable for its owner only (chmod o-w); where the file system shows everything so "
    "(a folder of Windows, of the host) or nobody else can reach it, Migrate(…, "
    "trust_directory=True)"
)


# What changes when a file does: its size, when its content and when anything of it changed (ns),
# its inode. No program sets the second time as it likes; on Windows it is when the file was made.
Stamp: TypeAlias = tuple[int, int, int, int]


class RevisionFile(NamedTuple):
    """A file that looks like a revision: its path as text, and its stamp."""

    path: str
    stamp: Stamp

    @property
    def name(self) -> str:
        return os.path.basename(self.path)


def revision_files(folders: Sequence[Path], *, recursive: bool) -> Iterator[RevisionFile]:
    """The ``*.py`` files in the folders, by name; each file once.

    ``__init__.py`` and ``.#…`` (an editor's lock) are none. Folders that are not there are empty.

    Raises InvalidRevisionFileError for a link that leads out of the folders, ConfigurationError
    for a folder that cannot be read.
    """
    roots = [os.path.realpath(folder) for folder in folders]
    seen: set[str] = set()
    for root in dict.fromkeys(roots):
        for found in _walk(root, roots, recursive=recursive):
            if found.path not in seen:
                seen.add(found.path)
                yield found


def byte_code(folders: Sequence[Path]) -> str | None:
    """A file in the folders that is byte code of a revision, None where there is none."""
    for folder in folders:
        for path in sorted(folder.glob("*.pyc")):
            return str(path)
    return None


def read_revision(path: str | Path) -> tuple[bytes, os.stat_result]:
    """The bytes of a revision file and its status as it was read.

    Raises InvalidRevisionFileError for what cannot be read, is no file, or is far too big.
    """
    try:
        return read_file(path)
    except OSError as error:
        raise InvalidRevisionFileError(
            f"{path} cannot be read: {error.strerror or error}",
            path=str(path),
            hint="check its permissions, or move it out of the folder if it is no revision",
        ) from error


def refuse_link(directory: Path, folders: Iterable[Path]) -> None:
    """Raise InvalidRevisionFileError for a folder that is a link out of the migrations folder."""
    root = os.path.realpath(directory)
    for folder in folders:
        real = os.path.realpath(folder)
        if not real.startswith(root + os.sep):
            raise InvalidRevisionFileError(
                f"{folder} is a symbolic link to {real}, outside of the migrations folder",
                path=str(folder),
                hint="name the folder itself in version_locations, or put the files here",
            )


def real_folders(folders: Iterable[Path]) -> frozenset[str]:
    """The folders with every link in their paths followed."""
    return frozenset(os.path.realpath(folder) for folder in folders)


def folders_of(path: str, roots: Collection[str]) -> list[str]:
    """The folder that a file stands in and those above it, up to the one of ``roots``."""
    found = [os.path.dirname(path)]
    while found[-1] not in roots and os.path.dirname(found[-1]) != found[-1]:
        found.append(os.path.dirname(found[-1]))
    return found if found[-1] in roots else found[:1]


def refuse_open(path: str, status: os.stat_result, folders: Iterable[str]) -> None:
    """Raise InvalidRevisionFileError for a file that everybody may write, or replace.

    ``status`` is that of the file when it was read, ``folders`` are those it stands in. In a
    sticky folder only its owner replaces a file, so there the owner is looked at.
    """
    if _is_open(status.st_mode):
        raise InvalidRevisionFileError(
            f"everybody may write {path}, and so decide what runs", path=path, hint=_HINT
        )
    for folder in folders:
        above = os.stat(folder)
        owners = (os.geteuid(), 0, above.st_uid) if above.st_mode & stat.S_ISVTX else ()
        if _is_open(above.st_mode) and status.st_uid not in owners:
            raise InvalidRevisionFileError(
                f"everybody may write the folder {folder}, and so decide what runs",
                path=path,
                hint=_HINT,
            )


def open_to_others(folders: Sequence[Path]) -> tuple[str, ...]:
    """The folders that others than their owner may write, or that another user owns."""
    if os.name == "nt":
        return ()
    found = []
    for folder in folders:
        try:
            status = os.stat(folder)
        except OSError:
            continue
        others = stat.S_IWGRP | stat.S_IWOTH
        if status.st_mode & others or status.st_uid not in (os.geteuid(), 0):
            found.append(str(folder))
    return tuple(found)


def _walk(folder: str, roots: Sequence[str], *, recursive: bool) -> Iterator[RevisionFile]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise ConfigurationError(
            f"the folder {folder} cannot be read: {error.strerror}", hint="check its permissions"
        ) from error
    subfolders = []
    for entry in entries:
        if entry.name.endswith(".py"):
            if entry.name.startswith((".#", "__init__")):
                continue
            found = _file(entry, roots)
            if found is not None:
                yield found
        elif recursive and entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
            subfolders.append(entry.path)
    for subfolder in subfolders:
        yield from _walk(subfolder, roots, recursive=True)


def _file(entry: os.DirEntry[str], roots: Sequence[str]) -> RevisionFile | None:
    path = entry.path
    if entry.is_symlink():
        path = os.path.realpath(path)
        if not any(path.startswith(root + os.sep) for root in roots):
            raise InvalidRevisionFileError(
                f"{entry.path} is a symbolic link to {path}, outside of the folder of revisions",
                path=entry.path,
                hint="put the file itself into the folder",
            )
    try:
        status = os.stat(path)
    except OSError as error:
        raise InvalidRevisionFileError(
            f"{entry.path} cannot be read: {error.strerror}",
            path=entry.path,
            hint="mend the link, or take it away",
        ) from error
    if not stat.S_ISREG(status.st_mode):
        return None
    stamp = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return RevisionFile(path, stamp)


def _is_open(mode: int) -> bool:
    # Windows has no such bits; Python makes them up from the read-only flag.
    return os.name != "nt" and bool(mode & stat.S_IWOTH)
