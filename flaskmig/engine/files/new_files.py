"""Files and folders that appear whole or not at all, and never in the place of another."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from flaskmig.errors import ConfigurationError

_README = """\
Migrations of the database, one file a revision in `versions`, written by flaskmig.

    flask db migrate -m "what changes"     write a revision from the models
    flask db upgrade                       apply what is missing
    flask db history                       list the revisions

The files belong into version control.
"""
_MULTIDB = """\
# Every database of SQLALCHEMY_BINDS is migrated; a list of names limits them.
binds = "all"
"""


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet.

    It is written and flushed beside its place under a name that is no revision, and then linked
    into place, which fails where there is a file: a crash leaves no half file. Raises
    ConfigurationError where it cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{token_hex(4)}.tmp")
    made: list[Path] = []
    try:
        made = _make_missing(path.parent)
        _write(temporary, content)
        _move_in(temporary, path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        _remove(made)
        if isinstance(error, FileExistsError):
            raise ConfigurationError(
                f"{path} is there already", hint="use another id, message or file_template"
            ) from error
        raise _cannot_write(path, error) from error
    _flush_folder(path.parent)


def make_folders(
    directory: Path, folders: Sequence[Path], *, multidb: bool, package: bool
) -> tuple[Path, ...]:
    """Make a migrations folder with its version folders; all of it or nothing.

    Raises ConfigurationError where it cannot be made.
    """
    contents = {directory / "README": _README}
    if multidb:
        contents[directory / "flaskmig.toml"] = _MULTIDB
    if package:
        contents |= {folder / "__init__.py": "" for folder in (directory, *folders)}
    made: list[Path] = []
    try:
        for folder in (directory, *folders):
            made += _make_missing(folder)
        for path, text in contents.items():
            if path.name == "__init__.py" and path.exists():
                continue
            _write(path, text.encode())
            made.append(path)
    except OSError as error:
        _remove(made)
        raise _cannot_write(directory, error) from error
    return tuple(made)


def _write(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0), 0o644)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _move_in(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
            raise
        # A file system without hard links.
        if path.exists():
            raise FileExistsError(errno.EEXIST, "it is there already", str(path)) from error
        temporary.rename(path)
        return
    temporary.unlink()


def _make_missing(folder: Path) -> list[Path]:
    """Make a folder and those above it; the ones that were not there."""
    missing = []
    here = folder
    while not here.exists():
        missing.append(here)
        here = here.parent
    made: list[Path] = []
    try:
        for path in reversed(missing):
            # Never open to everybody, whatever the umask: such a folder is refused later.
            path.mkdir(mode=0o755)
            made.append(path)
    except OSError:
        _remove(made)
        raise
    return made


def _remove(made: Sequence[Path]) -> None:
    """Take away what was made, the newest first; what others put there stays."""
    for path in reversed(made):
        with suppress(OSError):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()


def _flush_folder(folder: Path) -> None:
    # Not every system can open a folder; the file itself is flushed.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot_write(path: Path, error: OSError) -> ConfigurationError:
    return ConfigurationError(
        f"{path} cannot be written: {error.strerror or error}",
        hint="check the permissions of the folder",
    )
