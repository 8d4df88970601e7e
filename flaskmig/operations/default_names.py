"""The names that PostgreSQL gives to constraints which nobody named: users_pkey, users_mail_key."""

from __future__ import annotations

import re

from flaskmig.schema import Check, Constraint, Exclude, ForeignKey, PrimaryKey, Unique

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
