"""Text about relations turned into text about temporary ones that stand in for them, and back.

One of the default schema is called by its own name, and pg_temp comes first where names are
looked up. One of another schema is called by its whole name, which is told from others again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from flaskmig.dialects.postgresql.catalog import spell_name
from flaskmig.dialects.postgresql.spelling import is_keyword, spell_identifier
from flaskmig.schema import QualifiedName
from flaskmig.sql import Token, quote, tokens


def temporary_name(name: QualifiedName) -> str:
    """What the stand-in of a relation is called."""
    return f"{name.schema}.{name.name}" if name.schema else name.name


@dataclass(frozen=True)
class Translation:
    """Text about some relations turned into text about their stand-ins, and back."""

    relations: Collection[QualifiedName]
    default_schema: str | None

    @cached_property
    def _others(self) -> dict[tuple[str, str], str]:
        """Of the relations that have a schema: (schema, name) to the stand-in's name."""
        named = {(n.schema or self.default_schema or "", n.name): n for n in self.relations}
        return {key: temporary_name(name) for key, name in named.items()}

    def there(self, text: str) -> str:
        """The text with the names of stand-ins."""
        found = tokens(text, "postgresql")
        pieces, place, at = list[str](), 0, 0
        while at + 2 < len(found):
            key = (_folded(found[at]), _folded(found[at + 2]))
            is_part = at > 0 and found[at - 1].text == "."
            if is_part or found[at + 1].text != "." or key not in self._others:
                at += 1
                continue
            is_source = at + 3 >= len(found) or found[at + 3].text != "."
            name = self._others[key] if is_source else key[1]
            pieces += [text[place : found[at].start], quote(name)]
            if name != key[1] and not _has_alias(found, at + 3):
                pieces.append(f" AS {quote(key[1])}")
            place = found[at + 2].end
            at += 3
        return "".join([*pieces, text[place:]])

    def back(self, text: str) -> str:
        """The database's text with the real names."""
        shown = {temporary_name(name): name for name in self.relations if name.schema}
        found = tokens(text, "postgresql")
        pieces, place = list[str](), 0
        for at, token in enumerate(found):
            if token.kind != "quoted" or token.name not in shown:
                continue
            name = shown[token.name]
            pieces += [text[place : token.start], spell_name(name)]
            place = token.end
            if at + 1 < len(found) and found[at + 1].text == spell_identifier(name.name):
                place = found[at + 1].end
        return "".join([*pieces, text[place:]])


def _folded(token: Token) -> str:
    """The name that the token spells."""
    if token.kind == "quoted":
        return token.name
    return token.text.lower() if token.kind == "word" else ""


def _has_alias(found: list[Token], at: int) -> bool:
    """Whether what begins at ``at``, after a relation, is its alias."""
    if at >= len(found):
        return False
    token = found[at]
    if token.kind == "word":
        return token.keyword == "AS" or not is_keyword(token.text)
    return token.kind == "quoted"
