"""Putting new content into a file that is there, whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from flaskmig.errors import ConfigurationError


def put(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write a file, in the place of one that is there; ``mode`` are its permissions.

    It is written and flushed beside its place and then moved there: a crash leaves the old
    content or the new one. Raises OSError, with nothing left behind.
    """
    temporary = path.with_name(f".{path.name}.{token_hex(4)}.tmp")
    try:
        with open(temporary, "xb") as stream:
            if mode is not None:
                os.chmod(temporary, mode)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def replace_file(path: Path, content: bytes) -> None:
    """Give the file other bytes; its permissions stay, and a link goes on leading to it.

    A crash leaves the old content or the new one. Raises ConfigurationError where it cannot be
    written.
    """
    real = Path(os.path.realpath(path))
    try:
        put(real, content, mode=stat.S_IMODE(os.stat(real).st_mode))
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be written: {error.strerror or error}",
            hint="check the file, its folder and their permissions",
        ) from error
