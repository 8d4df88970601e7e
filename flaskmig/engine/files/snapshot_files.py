"""Snapshots as files: read with the place of what is wrong, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from flaskmig.engine.files.replacing import put
from flaskmig.errors import ConfigurationError, InvalidSnapshotError
from flaskmig.snapshots import Snapshot

_SQLITE = b"SQLite format 3\0"


def read_snapshot(path: Path) -> Snapshot:
    """The snapshot in a file.

    Raises ConfigurationError where there is none or it cannot be read, InvalidSnapshotError
    with the place for what is none.
    """
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise ConfigurationError(
            f"{path} cannot be read: {reason or error}",
            hint="give the file of a snapshot, a database's URL, models or database",
        ) from error
    if content.startswith(_SQLITE):
        raise InvalidSnapshotError(
            f"{path} is a SQLite database and no snapshot", place="", hint=f"sqlite:///{path}"
        )
    try:
        return Snapshot.read(content.decode())
    except UnicodeDecodeError as error:
        raise InvalidSnapshotError(
            f"{path}: this is no text in UTF-8",
            place=f"byte {error.start}",
            hint="flask db snapshot writes a snapshot",
        ) from error
    except InvalidSnapshotError as error:
        raise InvalidSnapshotError(
            f"{path}: {error.message}", place=error.place, hint=error.hint
        ) from error


def write_snapshot(path: Path, snapshot: Snapshot) -> None:
    """Write a snapshot in the place of an older one, or where there is no file.

    A crash leaves the old file or the new one. Raises ConfigurationError where it cannot be
    written, and where there is a file that is no snapshot.
    """
    content = snapshot.text().encode()
    if path.exists():
        _require_snapshot(path)
    try:
        put(path, content)
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be written: {error.strerror or error}",
            hint="check the folder and its permissions",
        ) from error


def _require_snapshot(path: Path) -> None:
    """Never write over a file that is something else."""
    try:
        read_snapshot(path)
    except InvalidSnapshotError as error:
        raise ConfigurationError(
            f"{path} is there and is no snapshot that can be read",
            hint="give another name, or take the file away first",
        ) from error
