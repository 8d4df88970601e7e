"""The files in the folders of revisions, and whether they can be trusted.

Whoever may write a revision file decides what the next upgrade runs. Refused are therefore
symbolic links that lead out of the folders, and files and folders that everybody may write.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flaskmig.errors import ConfigurationError, InvalidRevisionFileError

_HINT = (
    "make it writable for its owner only (chmod o-w), or say Migrate(…, trust_directory=True) "
    "if nobody else can reach it"
)


@dataclass(frozen=True, slots=True)
class RevisionFile:
    """A file that looks like a revision: its path as text, its name, size and time (ns)."""

    path: str
    name: str
    size: int
    modified: int


def revision_files(
    folders: Sequence[Path], *, recursive: bool, trusted: bool
) -> Iterator[RevisionFile]:
    """The ``*.py`` files in the folders, by name; each file once.

    ``__init__.py`` and ``.#…`` (an editor's lock) are none. Folders that are not there are empty.

    Raises InvalidRevisionFileError and ConfigurationError for what must not be trusted.
    """
    roots = [os.path.realpath(folder) for folder in folders]
    seen: set[str] = set()
    for root in dict.fromkeys(roots):
        for found in _walk(root, roots, recursive=recursive, trusted=trusted):
            if found.path not in seen:
                seen.add(found.path)
                yield found


def check_file(path: str, mode: int, *, trusted: bool) -> None:
    """Raise InvalidRevisionFileError for a file that everybody may write."""
    if _is_open(mode) and not trusted:
        raise InvalidRevisionFileError(
            f"everybody may write {path}, and so decide what an upgrade runs",
            path=path,
            hint=_HINT,
        )


def check_folder(path: str, *, trusted: bool) -> None:
    """Raise ConfigurationError for a folder that everybody may write."""
    if not trusted and _is_open(os.stat(path).st_mode):
        raise ConfigurationError(
            f"everybody may write the folder {path}, and so decide what an upgrade runs",
            hint=_HINT,
        )


def open_to_others(folders: Sequence[Path]) -> tuple[str, ...]:
    """The folders that their group may write or that another user owns: worth one warning."""
    if os.name == "nt":
        return ()
    found = []
    for folder in folders:
        try:
            status = os.stat(folder)
        except OSError:
            continue
        if status.st_mode & stat.S_IWGRP or status.st_uid not in (os.geteuid(), 0):
            found.append(str(folder))
    return tuple(found)


def _walk(
    folder: str, roots: Sequence[str], *, recursive: bool, trusted: bool
) -> Iterator[RevisionFile]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise ConfigurationError(
            f"the folder {folder} cannot be read: {error.strerror}", hint="check its permissions"
        ) from error
    check_folder(folder, trusted=trusted)
    subfolders = []
    for entry in entries:
        if entry.name.endswith(".py"):
            if entry.name.startswith((".#", "__init__")):
                continue
            found = _file(entry, roots, trusted=trusted)
            if found is not None:
                yield found
        elif recursive and entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
            subfolders.append(entry.path)
    for subfolder in subfolders:
        yield from _walk(subfolder, roots, recursive=True, trusted=trusted)


def _file(entry: os.DirEntry[str], roots: Sequence[str], *, trusted: bool) -> RevisionFile | None:
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
            f"{entry.path} cannot be read: {error.strerror}", path=entry.path
        ) from error
    if not stat.S_ISREG(status.st_mode):
        return None
    check_file(path, status.st_mode, trusted=trusted)
    return RevisionFile(path, os.path.basename(path), status.st_size, status.st_mtime_ns)


def _is_open(mode: int) -> bool:
    # Windows has no such bits; Python makes them up from the read-only flag.
    return os.name != "nt" and bool(mode & stat.S_IWOTH)
