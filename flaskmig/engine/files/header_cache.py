"""Headers that were read before, kept in the user's cache folder.

An entry is good for as long as the file has the size and the modification time that it had. The
cache is never required: what cannot be read, or is not as expected, is as good as none.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from flaskmig.engine.revisions.revision import Revision

# Raised whenever what is read from a file, or how it is kept here, changes.
FORMAT = 3
# A file written twice within one tick of the file system's clock looks the same both times.
_SETTLED_NS = 2_000_000_000

Stamp = tuple[int, int]


class HeaderCache:
    """The headers of one migrations folder, by path: size, modification time (ns), header."""

    def __init__(self, directory: Path) -> None:
        self._file = _cache_file(directory)
        self._entries: dict[str, Any] = self._read()
        self._kept: dict[str, Any] = {}
        self._is_new = False

    def get(self, path: str, stamp: Stamp) -> Revision | None:
        """The header of a file that is still as it was, or None."""
        entry = self._entries.get(path)
        if entry is None:
            return None
        try:
            size, modified, id_, parents, depends_on, labels, replaces, *texts = entry
            message, doc, created = texts
            lists = (parents, depends_on, labels, replaces)
            if (size, modified) != stamp or not _are_texts(id_, message, doc, created or ""):
                return None
            if not all(isinstance(each, (list, tuple)) and _are_texts(*each) for each in lists):
                return None
            revision = Revision(
                id=id_,
                parents=tuple(parents),
                depends_on=tuple(depends_on),
                branch_labels=frozenset(labels),
                replaces=tuple(replaces),
                message=message,
                doc=doc,
                created=created,
                path=path,
            )
        except (TypeError, ValueError):
            return None
        self._kept[path] = entry
        return revision

    def put(self, path: str, stamp: Stamp, revision: Revision) -> None:
        if time.time_ns() - stamp[1] < _SETTLED_NS:
            return
        self._is_new = True
        self._kept[path] = (
            *stamp,
            revision.id,
            revision.parents,
            revision.depends_on,
            sorted(revision.branch_labels),
            revision.replaces,
            revision.message,
            revision.doc,
            revision.created,
        )

    def save(self) -> None:
        """Write what was used or added, if that changed; one file, replaced in one step."""
        if self._file is None or not (self._is_new or len(self._kept) < len(self._entries)):
            return
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._file.parent, suffix=".tmp")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as stream:
                    json.dump({"format": FORMAT, "files": self._kept}, stream)
                os.replace(name, self._file)
            except OSError:
                os.unlink(name)

    def _read(self) -> dict[str, Any]:
        if self._file is None:
            return {}
        try:
            found = json.loads(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(found, Mapping) or found.get("format") != FORMAT:
            return {}
        files = found.get("files")
        return files if isinstance(files, dict) else {}


def _are_texts(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


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
