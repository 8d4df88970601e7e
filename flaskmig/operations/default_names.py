"""The names that PostgreSQL gives to constraints which nobody named: users_pkey, users_mail_key."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from flaskmig.schema import (
    Check,
    Constraint,
    Exclude,
    ForeignKey,
    PrimaryKey,
    Unique,
)

# PostgreSQL cuts longer ones, and then they can no longer be told from names that were given.
LONGEST = 63
# A number is put behind a name that was taken.
_LABELS: dict[type, str] = {
    PrimaryKey: r"pkey\d*",
    Unique: r"\w+_key\d*",
    ForeignKey: r"\w+_fkey\d*",
    Check: r"(\w+_)?check\d*",
    Exclude: r"(\w+_)?excl\d*",
}
_LABEL: dict[type, str] = {
    PrimaryKey: "pkey",
    Unique: "key",
    ForeignKey: "fkey",
    Check: "check",
    Exclude: "excl",
}


def following_name(constraint: Constraint, before: str, after: str) -> str | None:
    """What a default name becomes when the table is called otherwise; None for other names."""
    name = constraint.name or ""
    prefix = f"{before}_"
    if not name.startswith(prefix) or len(name.encode()) > LONGEST:
        return None
    rest = name.removeprefix(prefix)
    found = f"{after}_{rest}"
    if re.fullmatch(_LABELS[type(constraint)], rest) and len(found.encode()) <= LONGEST:
        return found
    return None


def default_name(
    constraint: Constraint, table: str, columns: Sequence[str], taken: Collection[str]
) -> str:
    """The name that PostgreSQL would give the constraint, none of those that are ``taken``.

    ``columns`` are those that it names, of a CHECK the one that it reads.
    """
    label = _LABEL[type(constraint)]
    parts = [table] if isinstance(constraint, PrimaryKey) else [table, *columns]
    stem = "_".join(parts)
    number = 0
    while True:
        end = f"_{label}{number or ''}"
        name = _cut(stem, LONGEST - len(end)) + end
        if name not in taken:
            return name
        number += 1


def _cut(text: str, length: int) -> str:
    """The beginning of the text that has so many bytes in UTF-8."""
    return text.encode()[:length].decode(errors="ignore")
