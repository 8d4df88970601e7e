"""Ids, messages and file names of new revisions: what is accepted, and how they are made.

None of them can leave the folder, name a device, or carry characters that a reader cannot see.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from uuid import uuid4
from zoneinfo import ZoneInfo

from flaskmig.engine.revisions.identifiers import RESERVED
from flaskmig.errors import ConfigurationError, RevisionError
from flaskmig.legible import is_unseen

LONGEST_MESSAGE = 200
_ID = re.compile(r"[A-Za-z0-9_]{1,32}")
_LABEL = re.compile(r"[^@+:\s-][^@+:\s]{0,99}")
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])", re.IGNORECASE)
_TOKENS = "rev, slug, epoch, year, month, day, hour, minute, second"


def new_id() -> str:
    """An id that no other revision has: 12 hexadecimal digits."""
    return uuid4().hex[-12:]


def is_new_id(id_: str) -> bool:
    """Whether it can be the id of a new revision."""
    return bool(_ID.fullmatch(id_)) and id_ not in RESERVED and not _DEVICE.fullmatch(id_)


def check_id(id_: str) -> None:
    """Raise RevisionError for what cannot be the id of a new revision."""
    if not _ID.fullmatch(id_):
        raise RevisionError(
            f"{id_!r} cannot be a revision id",
            hint="use 1 to 32 letters, digits and underscores",
        )
    if id_ in RESERVED or _DEVICE.fullmatch(id_):
        raise RevisionError(
            f"{id_!r} cannot be a revision id: the name is taken", hint="use another"
        )


def check_labels(labels: Iterable[str]) -> None:
    """Raise RevisionError for what cannot be a branch label."""
    for label in labels:
        if label in RESERVED or not label.isprintable() or not _LABEL.fullmatch(label):
            raise RevisionError(
                f"{label!r} cannot be a branch label",
                hint="use a word without @ + : and spaces that is not head, heads, base or current",
            )


def check_message(message: str) -> str:
    """The message without spaces around it; raises RevisionError for one that is no plain line."""
    message = message.strip()
    if len(message) > LONGEST_MESSAGE:
        raise RevisionError(
            f"the message has {len(message)} characters; at most {LONGEST_MESSAGE} are accepted",
            hint="say it shorter; more fits into the file's docstring",
        )
    for character in message:
        if is_unseen(character):
            raise RevisionError(
                f"the message has the character {character!a} in it",
                hint="a message is one line of visible characters",
            )
    return message


def slug(message: str, longest: int) -> str:
    """The message as part of a file name: ``[a-z0-9_]``, cut between words where too long."""
    plain = unicodedata.normalize("NFKD", message).encode("ascii", "ignore").decode().lower()
    text = "_".join(re.findall(r"[a-z0-9_]+", plain)).strip("_")
    if len(text) > longest:
        head, _, _ = text[:longest].rpartition("_")
        text = f"{head}_" if head else text[:longest]
    return text


def now(timezone: str | None) -> datetime:
    """The present, in a zone of the given name, or as local time without a zone."""
    if timezone is None:
        return datetime.now()
    return datetime.now(UTC).astimezone(ZoneInfo(timezone))


def file_name(template: str, *, id_: str, message: str, created: datetime, longest: int) -> str:
    """The path of a new file inside its folder, with ``/`` between parts.

    Raises ConfigurationError for a template that cannot be filled or leads elsewhere, and
    RevisionError for a name that Windows keeps for a device.
    """
    values: Mapping[str, object] = {
        "rev": id_,
        "slug": slug(message, longest),
        "epoch": int(created.timestamp()),
        "year": created.year,
        "month": created.month,
        "day": created.day,
        "hour": created.hour,
        "minute": created.minute,
        "second": created.second,
    }
    try:
        text = f"{template % values}.py"
    except (KeyError, ValueError, TypeError) as error:
        raise ConfigurationError(
            f"file_template = {template!r} cannot be filled: {error}",
            hint=f"it knows {_TOKENS}, as in %(year)d_%(month).2d_%(rev)s_%(slug)s",
        ) from error
    path = PurePosixPath(text)
    strange = any(c in '\\:*?"<>|' or not c.isprintable() for c in text)
    hidden = any(part in ("..", ".") or part.startswith(".") for part in path.parts)
    if path.is_absolute() or strange or hidden or path.name.startswith("__init__"):
        raise ConfigurationError(
            f"file_template = {template!r} makes the file name {text!r}",
            hint="make it of letters, digits, underscores and the known tokens",
        )
    for part in path.parts:
        if _DEVICE.fullmatch(part.partition(".")[0]):
            raise RevisionError(
                f"the file name {text!r} names a device on Windows", hint="use another message"
            )
    return text
