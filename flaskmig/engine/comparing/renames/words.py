"""Renames said outright: ``users.mail:email``, ``table:users:accounts``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias, get_args

from flaskmig.errors import ConfigurationError
from flaskmig.schema import QualifiedName

Kind: TypeAlias = Literal["table", "column", "enum", "enum_value", "sequence"]
FORMS = "users.mail:email, table:users:accounts, enum:mood:feeling or enum_value:mood.sad:blue"

_NAME = re.compile(r'"(?:[^"]|"")+"|[^":.]+|[:.]')


@dataclass(frozen=True, slots=True)
class Rename:
    """One rename. ``table`` is the table of a column, or the enum of a value, else None.

    ``before`` and ``after`` are the bare names of a column or value; of a table, enum or
    sequence they are written with the schema, as in ``app.users``.
    """

    kind: Kind
    table: QualifiedName | None
    before: str
    after: str

    @property
    def names(self) -> tuple[QualifiedName, QualifiedName]:
        """Before and after of a table, enum or sequence."""
        return _qualified(self.before), _qualified(self.after)

    def __str__(self) -> str:
        """The word that says this rename, as `parse` reads it."""
        if self.table is None:
            return f"{self.kind}:{self.before}:{self.after}"
        prefix = "" if self.kind == "column" else f"{self.kind}:"
        return f"{prefix}{written(self.table)}.{_quoted(self.before)}:{_quoted(self.after)}"


def rename_of(kind: Kind, before: QualifiedName, after: QualifiedName) -> Rename:
    """The rename of a table, enum or sequence."""
    return Rename(kind, None, written(before), written(after))


def parse(text: str) -> Rename:
    """The rename that a word says; raises ConfigurationError.

    Names with a dot, colon or quote in them stand in double quotes. A new table name without a
    schema stays in the schema of the old one.
    """
    kind, parts = _split(text)
    if len(parts) != 2:
        raise _unreadable(text)
    before, after = parts
    if kind in ("column", "enum_value"):
        if len(before) not in (2, 3) or len(after) != 1:
            raise _unreadable(text)
        schema = before[0] if len(before) == 3 else None
        return Rename(kind, QualifiedName(before[-2], schema), before[-1], after[0])
    if len(before) not in (1, 2) or len(after) not in (1, 2):
        raise _unreadable(text)
    schema = before[0] if len(before) == 2 else None
    new_schema = after[0] if len(after) == 2 else schema
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


def unknown(rename: Rename, what: str, name: str, known: Iterable[str]) -> ConfigurationError:
    """The error for a rename that names nothing, with what may have been meant."""
    close = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}?" if close else ""
    return ConfigurationError(f"the rename {rename} names nothing: {what}", hint=hint)


def _split(text: str) -> tuple[Kind, list[list[str]]]:
    """The kind, and the dotted names between the colons."""
    tokens = _NAME.findall(text.strip())
    if "".join(tokens) != text.strip():
        raise _unreadable(text)
    parts: list[list[str]] = [[]]
    wants_name = True
    for token in tokens:
        if (token in ":.") is wants_name:
            raise _unreadable(text)
        if token == ":":
            parts.append([])
        elif token != ".":
            parts[-1].append(_unquoted(token))
        wants_name = token in ":."
    for kind in get_args(Kind):
        if len(parts) == 3 and parts[0] == [kind]:
            return kind, parts[1:]
    return "column", parts


def _unreadable(text: str) -> ConfigurationError:
    return ConfigurationError(f"the rename {text!r} cannot be read", hint=f"write {FORMS}")


def _unquoted(token: str) -> str:
    return token[1:-1].replace('""', '"') if token.startswith('"') else token.strip()


def _quoted(name: str) -> str:
    return name if not set(name) & set('":.') else '"' + name.replace('"', '""') + '"'


def written(name: QualifiedName) -> str:
    """A name as a word writes it: ``users``, ``app.users``."""
    own = _quoted(name.name)
    return f"{_quoted(name.schema)}.{own}" if name.schema else own


def _qualified(text: str) -> QualifiedName:
    tokens = [_unquoted(token) for token in _NAME.findall(text) if token != "."]
    return QualifiedName(tokens[-1], tokens[0] if len(tokens) == 2 else None)
