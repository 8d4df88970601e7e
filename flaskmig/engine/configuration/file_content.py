"""Reading a file of a project: whole, not too big, and never something that only looks like one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

# More than people write, and what Python can still make a syntax tree of.
LONGEST = 16 * 2**20


def read_file(path: str | Path) -> tuple[bytes, os.stat_result]:
    """The bytes of a file, and its status as it was read.

    Raises OSError, with the reason in ``strerror``, also for what is no regular file (opening a
    pipe would wait for ever for somebody to write) and for more than LONGEST bytes.
    """
    # Windows has no such flags; there a regular file is all that opens.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except ValueError as error:
        raise OSError(0, str(error)) from error
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "it is no file")
        if status.st_size > LONGEST:
            raise OSError(0, f"it has {status.st_size} bytes, and at most {LONGEST} are read")
        # The memory for as much as may be asked for costs more than the file.
        content = stream.read(status.st_size + 1)
        if len(content) > status.st_size:
            content += stream.read(LONGEST + 1 - len(content))
        return content, status
