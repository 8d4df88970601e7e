"""What is no rename, said outright: ``users.mail``, ``users.mail:email``, ``table:users``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flaskmig.engine.comparing.renames.words import (
    MAY_STAND_ALONE,
    PARTS,
    Kind,
    Rename,
    owner_of,
    quoted,
    split_kind,
    written,
)
from flaskmig.errors import ConfigurationError
from flaskmig.schema import QualifiedName

FORMS = "users.mail, users.mail:email, table:users, index:users.ix_a or enum_value:mood.sad"


@dataclass(frozen=True, slots=True)
class Apart:
    """What was not renamed. ``table`` is what it belongs to, ``after`` None for whatever name."""

    kind: Kind
    table: QualifiedName | None
    before: str
    after: str | None = None

    def covers(self, rename: Rename) -> bool:
        """Whether that rename is none: the old name or the new one is named here."""
        if rename.kind != self.kind or self.table not in (None, rename.table):
            return False
        if self.after is None:
            return self.before in (rename.before, rename.after)
        return self.before == rename.before and self.after in (rename.after, _bare(rename))

    def __str__(self) -> str:
        prefix = "" if self.kind == "column" else f"{self.kind}:"
        owner = f"{written(self.table)}." if self.table else ""
        is_part = self.kind in PARTS
        before = quoted(self.before) if is_part else self.before
        after = self.after and (quoted(self.after) if is_part else self.after)
        return f"{prefix}{owner}{before}{f':{after}' if after else ''}"


def parse_apart(text: str) -> Apart:
    """What a word says; raises ConfigurationError."""
    kind, parts = split_kind(text)
    before, *rest = parts
    most = 1 if kind in PARTS else 2
    if len(rest) > 1 or any(len(after) > most for after in rest):
        raise _unreadable(text)
    if kind not in PARTS:
        if len(before) > 2:
            raise _unreadable(text)
        known = QualifiedName(before[-1], before[0] if len(before) == 2 else None)
        new = [QualifiedName(n[-1], n[0] if len(n) == 2 else None) for n in rest]
        return Apart(kind, None, written(known), written(new[0]) if new else None)
    fewest = 1 if kind in MAY_STAND_ALONE else 2
    if not fewest <= len(before) <= 3:
        raise _unreadable(text)
    return Apart(kind, owner_of(before), before[-1], rest[0][0] if rest else None)


def _bare(rename: Rename) -> str:
    """The new name without its schema, which may be left out where it is that of the old one."""
    if rename.kind in PARTS:
        return rename.after
    before, after = rename.names
    return written(QualifiedName(after.name)) if after.schema == before.schema else rename.after


def _unreadable(text: str) -> ConfigurationError:
    return ConfigurationError(
        f"{text!r} says of nothing that it is no rename", hint=f"write {FORMS}"
    )


def require_agreement(renames: Iterable[Rename], apart: Collection[Apart]) -> None:
    """Raise ConfigurationError where one thing is said to be a rename and to be none."""
    for rename in renames:
        for each in apart:
            if each.covers(rename):
                raise ConfigurationError(
                    f"{each} is said to be no rename, and {rename} to be one",
                    hint="keep one of them",
                )
