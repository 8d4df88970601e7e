"""The bytes of a revision file, and the checksum that the journal keeps of them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from hashlib import sha256

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


def checksum(content: bytes) -> str:
    """The hexadecimal SHA-256 of a revision file, whichever line ends and package it has.

    Line ends are read as LF, and ``from alembic import`` as ``from flaskmig import``, so that
    neither a checkout on Windows nor moving to flaskmig and back makes a file look edited.
    """
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return sha256(_IMPORT.sub(rb"\1flaskmig\2", lines)).hexdigest()
