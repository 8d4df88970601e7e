"""Renames said outright: ``users.mail:email``, ``table:users:accounts``; and what is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias, get_args

from flaskmig.errors import ConfigurationError
from flaskmig.schema import QualifiedName

Kind: TypeAlias = Literal[
    "table", "column", "constraint", "index", "enum", "enum_value", "sequence"
]
# These are named together with what they belong to.
PARTS: tuple[Kind, ...] = ("column", "constraint", "index", "enum_value")
# The names of these are enough, where they are only there once.
MAY_STAND_ALONE: tuple[Kind, ...] = ("constraint", "index")
FORMS = (
    "users.mail:email, table:users:accounts, index:users.ix_a:ix_b, constraint:users.uq_a:uq_b, "
    "enum:mood:feeling, enum_value:mood.sad:blue or sequence:a_seq:b_seq"
)

_NAME = re.compile(r'"(?:[^"]|"")+"|[^":.]+|[:.]')


@dataclass(frozen=True, slots=True)
class Rename:
    """One rename.

    ``table`` is the table of a column, constraint or index, or the enum of a value; else None.
    ``before`` and ``after`` are the bare names of those; of a table, enum or sequence they are
    written with the schema, as in ``app.users``.
    """

    kind: Kind
    table: QualifiedName | None
    before: str
    after: str

    @property
    def names(self) -> tuple[QualifiedName, QualifiedName]:
        """Before and after of a table, enum or sequence."""
        return _qualified(self.before), _qualified(self.after)

    @property
    def written_after(self) -> str:
        """The new name as a word writes it."""
        return quoted(self.after) if self.kind in PARTS else self.after

    def __str__(self) -> str:
        """The word that says this rename, as `parse` reads it."""
        prefix = "" if self.kind == "column" else f"{self.kind}:"
        owner = f"{written(self.table)}." if self.table else ""
        before = quoted(self.before) if self.kind in PARTS else self.before
        return f"{prefix}{owner}{before}:{self.written_after}"


def rename_of(kind: Kind, before: QualifiedName, after: QualifiedName) -> Rename:
    """The rename of a table, enum or sequence."""
    return Rename(kind, None, written(before), written(after))


def parse(text: str) -> Rename:
    """The rename that a word says; raises ConfigurationError.

    Names with a dot, colon or quote in them stand in double quotes.
    """
    kind, parts = split_kind(text)
    if len(parts) != 2:
        raise unreadable(text)
    before, after = parts
    if kind in PARTS:
        fewest = 1 if kind in MAY_STAND_ALONE else 2
        if not fewest <= len(before) <= 3 or len(after) != 1:
            raise unreadable(text)
        return Rename(kind, owner_of(before), before[-1], after[0])
    if len(before) not in (1, 2) or len(after) not in (1, 2):
        raise unreadable(text)
    schema = before[0] if len(before) == 2 else None
    new_schema = after[0] if len(after) == 2 else None
    return rename_of(kind, QualifiedName(before[-1], schema), QualifiedName(after[-1], new_schema))


def parse_all(said: Iterable[str] | Mapping[str, str]) -> tuple[Rename, ...]:
    """The renames of several words, or of a mapping as ``{"users.mail": "email"}``."""
    if isinstance(said, Mapping):
        return tuple(parse(f"{before}:{after}") for before, after in said.items())
    return tuple(parse(word) for word in said)


def require_consistent(renames: Iterable[Rename]) -> None:
    """Raise ConfigurationError where one object gets two names, or two get the same."""
    forward: dict[tuple[Kind, QualifiedName | None, str], Rename] = {}
    backward: dict[tuple[Kind, QualifiedName | None, str], Rename] = {}
    for rename in renames:
        first = forward.setdefault((rename.kind, rename.table, rename.before), rename)
        second = backward.setdefault((rename.kind, rename.table, rename.after), rename)
        for other in (first, second):
            if other != rename:
                raise ConfigurationError(
                    f"the renames {other} and {rename} contradict each other",
                    hint="keep one of them",
                )


def unknown(said: object, what: str, name: str, known: Iterable[str]) -> ConfigurationError:
    """The error for a word that names nothing, with what may have been meant."""
    close = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}?" if close else ""
    return ConfigurationError(f"the rename {said} names nothing: {what}", hint=hint)


def owner_of(names: Sequence[str]) -> QualifiedName | None:
    """The table or enum in a dotted name, which is all but the last."""
    if len(names) == 1:
        return None
    return QualifiedName(names[-2], names[0] if len(names) == 3 else None)


def split_kind(text: str) -> tuple[Kind, list[list[str]]]:
    """The kind, and the dotted names between the colons; raises ConfigurationError."""
    parts = _split(text)
    first = parts[0]
    for kind in get_args(Kind):
        if first == [kind] and len(parts) > 1 and not (kind == "column" and len(parts) == 2):
            return kind, parts[1:]
    if len(first) == 1 and len(parts) > 2:
        close = get_close_matches(first[0], get_args(Kind), n=1, cutoff=0.5)
        meant = f"did you mean {close[0]}? " if close else ""
        raise ConfigurationError(
            f"the rename {text!r} is of no kind that there is: {first[0]}",
            hint=f"{meant}write {FORMS}",
        )
    return "column", parts


def _split(text: str) -> list[list[str]]:
    tokens = _NAME.findall(text.strip())
    if "".join(tokens) != text.strip():
        raise unreadable(text)
    parts: list[list[str]] = [[]]
    wants_name = True
    for token in tokens:
        if (token in ":.") is wants_name:
            raise unreadable(text)
        if token == ":":
            parts.append([])
        elif token != ".":
            parts[-1].append(_unquoted(token))
        wants_name = token in ":."
    return parts


def unreadable(text: str) -> ConfigurationError:
    return ConfigurationError(f"the rename {text!r} cannot be read", hint=f"write {FORMS}")


def _unquoted(token: str) -> str:
    return token[1:-1].replace('""', '"') if token.startswith('"') else token.strip()


def quoted(name: str) -> str:
    return name if not set(name) & set('":.') else '"' + name.replace('"', '""') + '"'


def written(name: QualifiedName) -> str:
    """A name as a word writes it: ``users``, ``app.users``."""
    own = quoted(name.name)
    return f"{quoted(name.schema)}.{own}" if name.schema else own


def _qualified(text: str) -> QualifiedName:
    tokens = [_unquoted(token) for token in _NAME.findall(text) if token != "."]
    return QualifiedName(tokens[-1], tokens[0] if len(tokens) == 2 else None)
