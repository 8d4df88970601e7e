"""Reading a statement of PostgreSQL's word by word, as far as somebody wants to know it."""

from __future__ import annotations

from flaskmig.schema import QualifiedName
from flaskmig.sql import Token, tokens


class Words:
    """The tokens of one statement, read from the left; comments are none."""

    def __init__(self, statement: str) -> None:
        self._statement = statement
        self._tokens = tokens(statement, "postgresql")
        self._place = 0
        while self._tokens and self._tokens[-1].text == ";":
            self._tokens.pop()

    @property
    def is_at_end(self) -> bool:
        return self._place >= len(self._tokens)

    def next_is(self, *keywords: str) -> bool:
        """Whether the next word is one of these, in capitals."""
        return not self.is_at_end and self._tokens[self._place].text.upper() in keywords

    def take(self, *keywords: str) -> bool:
        """Go past these words if they are the next ones; whether they are."""
        found = [token.text.upper() for token in self._tokens[self._place :][: len(keywords)]]
        if found != list(keywords):
            return False
        self._place += len(keywords)
        return True

    def take_parentheses(self) -> None:
        """Go past what is in parentheses, if that comes next."""
        if not self.take("("):
            return
        depth = 1
        while depth and not self.is_at_end:
            text = self._tokens[self._place].text
            depth += (text == "(") - (text == ")")
            self._place += 1

    def name(self) -> QualifiedName | None:
        """The name that comes next, folded as the server folds it; None where none comes."""
        first = self._name_part()
        if first is None or not self.take("."):
            return None if first is None else QualifiedName(first)
        second = self._name_part()
        return None if second is None else QualifiedName(second, first)

    def string(self) -> str | None:
        """The value of the plain string literal that comes next; None where none comes."""
        if self.is_at_end:
            return None
        text = self._tokens[self._place].text
        if len(text) < 2 or text[0] != "'" or text[-1] != "'":
            return None
        self._place += 1
        return text[1:-1].replace("''", "'")

    def rest(self) -> str:
        """The text from here to the end, with the space before it."""
        if self.is_at_end:
            return ""
        start, end = self._tokens[self._place].start, self._tokens[-1].end
        return f" {self._statement[start:end]}"

    def _name_part(self) -> str | None:
        if self.is_at_end:
            return None
        token: Token = self._tokens[self._place]
        if token.kind not in ("word", "quoted") or token.text.startswith("'"):
            return None
        self._place += 1
        return token.name if token.kind == "quoted" else token.text.lower()
