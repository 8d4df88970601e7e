"""Headers and checksums that were read before, kept in the user's cache folder.

An entry is good for as long as the file has the size, the times and the inode that it had. The
cache is never required: what cannot be read, or is not as expected, is as good as none.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from flaskmig.engine.files.revision_folders import Stamp
from flaskmig.engine.revisions.revision import Revision

# Raised whenever what is read from a file, or how it is kept here, changes.
FORMAT = 4
# Fewer files than that are read faster than people notice, and are not kept: projects come and
# go, those of tests by the thousand.
FEWEST = 50
# How many folders are remembered; those that were written last.
MOST_FOLDERS = 100
# A file written twice within one tick of the file system's clock looks the same both times.
_SETTLED_NS = 2_000_000_000

# Between the ids of a list; what is in ids and labels can be printed, which this cannot.
_BETWEEN = "\n"
_TEXT = frozenset({str})
_NUMBER = frozenset({int})
# What is kept of each file: the path, the stamp, and what is known. Each is a list of all files:
# that is read several times as fast as an object a file.
_COLUMNS = {
    "path": _TEXT,
    "size": _NUMBER,
    "modified": _NUMBER,
    "changed": _NUMBER,
    "inode": _NUMBER,
    "checksum": _TEXT,
    "id": _TEXT,
    "parents": _TEXT,
    "depends_on": _TEXT,
    "branch_labels": _TEXT,
    "replaces": _TEXT,
    "message": _TEXT,
    "doc": _TEXT,
    "created": frozenset({str, type(None)}),
}

# What is known of a file: its header, and its hexadecimal SHA-256 as `source.checksum` makes it.
Known: TypeAlias = tuple[Revision, str]


class HeaderCache:
    """What is known of the files of one migrations folder, by path."""

    def __init__(self, directory: Path) -> None:
        self._file = _cache_file(directory)
        self._columns = self._read()
        paths, size, modified, changed, inode, self._checksums, *headers = self._columns
        ids, parents, depends_on, labels, replaces, messages, docs, created = headers
        self._rows = {path: row for row, path in enumerate(paths)}
        self._stamps = list(zip(size, modified, changed, inode, strict=True))
        # Mostly all of them are asked for, and all at once are made in a third of the time.
        lists = (_lists(parents), _lists(depends_on), map(frozenset, _lists(labels)))
        self._headers = list(
            map(Revision, ids, *lists, _lists(replaces), messages, docs, created, paths)
        )
        self._used: list[int] = []
        self._new: list[tuple[Any, ...]] = []

    def get(self, path: str, stamp: Stamp) -> Known | None:
        """What is known of a file that is still as it was, or None."""
        row = self._rows.get(path)
        if row is None or self._stamps[row] != stamp:
            return None
        self._used.append(row)
        return self._headers[row], self._checksums[row]

    def put(self, path: str, stamp: Stamp, known: Known) -> None:
        """Keep what was read of a file; ``stamp`` is from before that."""
        revision, checksum = known
        _, modified, changed, _ = stamp
        if time.time_ns() - max(modified, changed) < _SETTLED_NS:
            return
        self._new.append(
            (
                path,
                *stamp,
                checksum,
                revision.id,
                _BETWEEN.join(revision.parents),
                _BETWEEN.join(revision.depends_on),
                _BETWEEN.join(sorted(revision.branch_labels)),
                _BETWEEN.join(revision.replaces),
                revision.message,
                revision.doc,
                revision.created,
            )
        )

    def save(self) -> None:
        """Write what was used or added, if that changed; one file, replaced in one step.

        Two processes may do so at once: either file is a good one.
        """
        is_other = self._new or len(self._used) < len(self._rows)
        if self._file is None or not is_other or len(self._used) + len(self._new) < FEWEST:
            return
        used = [tuple(each[row] for each in self._columns) for row in self._used]
        columns = zip(_COLUMNS, zip(*used, *self._new, strict=True), strict=True)
        content = json.dumps({"format": FORMAT, **dict(columns)})
        with suppress(OSError):
            _write(self._file, content)

    def _read(self) -> list[list[Any]]:
        """The columns; those of no file where what is there is not as it is written."""
        nothing: list[list[Any]] = [[] for _ in _COLUMNS]
        if self._file is None:
            return nothing
        try:
            found = json.loads(_own_content(self._file))
        except (OSError, ValueError, RecursionError):
            return nothing
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            return nothing
        columns: list[Any] = [found.get(name) for name in _COLUMNS]
        for column, kinds in zip(columns, _COLUMNS.values(), strict=True):
            if not isinstance(column, list) or not kinds.issuperset(map(type, column)):
                return nothing
        return columns if len(set(map(len, columns))) == 1 else nothing


def _lists(column: Iterable[str]) -> list[tuple[str, ...]]:
    return [tuple(text.split(_BETWEEN)) if text else () for text in column]


def _own_content(path: Path) -> bytes:
    """The content of a file that nobody else can write; raises OSError, also where one can."""
    with path.open("rb") as stream:
        status = os.fstat(stream.fileno())
        others = stat.S_IWGRP | stat.S_IWOTH
        # Windows has neither such bits nor owners that can be compared.
        if os.name != "nt" and (status.st_mode & others or status.st_uid not in (os.geteuid(), 0)):
            raise PermissionError(f"others may write {path}")
        return stream.read()


def _write(path: Path, content: str) -> None:
    """Put the content in the place of what is there; raises OSError, with nothing left behind."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(content)
        os.replace(name, path)
    except OSError:
        os.unlink(name)
        raise
    _forget_oldest(path.parent)


def _forget_oldest(folder: Path) -> None:
    """Remove all but the files that were written last; another process may do so as well."""
    found = []
    with os.scandir(folder) as listing:
        for entry in listing:
            with suppress(OSError):
                found.append((entry.stat().st_mtime_ns, entry.path))
    for _, path in sorted(found, reverse=True)[MOST_FOLDERS:]:
        with suppress(OSError):
            os.unlink(path)


def _cache_file(directory: Path) -> Path | None:
    folder = cache_folder()
    if folder is None:
        return None
    key = sha256(os.fsencode(os.path.realpath(directory))).hexdigest()[:24]
    return folder / f"headers-{key}.json"


def cache_folder() -> Path | None:
    """flaskmig's folder among the user's caches, by the platform's rule; None without a home."""
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "flaskmig" if os.path.isabs(base) else None
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) / "flaskmig" / "Cache" if local else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "flaskmig"
    return home / ".cache" / "flaskmig"
