"""Random expressions over columns of each kind, made of pieces that can be changed one by one."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, slots=True)
class Piece:
    """A token of the text; ``other`` says something else in its place, None where none can."""

    text: str
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """The pieces of an expression, in order."""

    pieces: tuple[Piece, ...]

    def __str__(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def changeable(self) -> list[int]:
        return [place for place, piece in enumerate(self.pieces) if piece.other is not None]

    def changed(self, place: int) -> Expression:
        piece = Piece(self.pieces[place].other or "")
        return Expression((*self.pieces[:place], piece, *self.pieces[place + 1 :]))


def made(*parts: str | Piece | Expression) -> Expression:
    """An expression of text that stays, pieces and other expressions."""
    pieces: list[Piece] = []
    for part in parts:
        match part:
            case str():
                pieces.append(Piece(part))
            case Piece():
                pieces.append(part)
            case Expression():
                pieces += part.pieces
    return Expression(tuple(pieces))


def one_of(*pairs: tuple[str, str]) -> SearchStrategy[Piece]:
    return st.sampled_from([Piece(text, other) for text, other in pairs])


_CHARACTERS = "abAB é文🙂'\"%_\\;-/*(){}[]?$#"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_COMPARED = one_of(("<", "<="), (">", ">="), ("=", "<>"), ("<>", "="))
_NUMBER_COLUMNS = st.sampled_from(["n", "m", '"Mixed Case"', '"order"', "length"])
_TEXT_COLUMNS = st.sampled_from(["t", "s"])


@st.composite
def _number_literals(draw: st.DrawFn) -> Expression:
    number = draw(st.integers(0, 999))
    return made(Piece(str(number), str(number + 1)))


@st.composite
def _text_literals(draw: st.DrawFn) -> Expression:
    text = draw(st.text(_CHARACTERS, max_size=6))
    return made(Piece(_quoted(text), _quoted(text + "x")))


@st.composite
def _date_literals(draw: st.DrawFn) -> Expression:
    day = draw(st.integers(1, 28))
    return made(Piece(f"'2024-01-{day:02}'", f"'2024-02-{day:02}'"))


def numbers(depth: int) -> SearchStrategy[Expression]:
    plain = _number_literals() | _NUMBER_COLUMNS.map(made)
    if depth == 0:
        return plain
    below, texts_below = numbers(depth - 1), texts(depth - 1)
    sign = one_of(("+", "-"), ("-", "+"), ("*", "+"))
    function = one_of(("coalesce", "nullif"))
    return st.one_of(
        plain,
        st.builds(lambda a, op, b: made("(", a, op, b, ")"), below, sign, below),
        st.builds(lambda a: made("( - (", a, ") )"), below),
        st.builds(lambda f, a, b: made(f, "(", a, ",", b, ")"), function, below, below),
        st.builds(lambda a: made("length (", a, ")"), texts_below),
        st.builds(
            lambda c, a, b: made("(CASE WHEN", c, "THEN", a, "ELSE", b, "END)"),
            conditions(depth - 1),
            below,
            below,
        ),
    )


def texts(depth: int) -> SearchStrategy[Expression]:
    plain = _text_literals() | _TEXT_COLUMNS.map(made)
    if depth == 0:
        return plain
    below = texts(depth - 1)
    function = one_of(("lower", "upper"), ("trim", "ltrim"))
    # Literals alone have no type, and PostgreSQL no collation to take them in.
    joined = st.builds(lambda a, b: made("(", a, "||", b, ")"), _TEXT_COLUMNS.map(made), below)
    return st.one_of(
        plain,
        joined,
        st.builds(lambda f, a: made(f, "(", a, ")"), function, joined),
        st.builds(lambda a, b: made("coalesce(", a, ",", b, ")"), below, below),
    )


def conditions(depth: int) -> SearchStrategy[Expression]:
    number, text = numbers(max(depth - 1, 0)), texts(max(depth - 1, 0))
    negated = one_of(("IN", "NOT IN"), ("NOT IN", "IN"))
    within = one_of(("BETWEEN", "NOT BETWEEN"), ("NOT BETWEEN", "BETWEEN"))
    like = one_of(("LIKE", "NOT LIKE"), ("NOT LIKE", "LIKE"))
    null = one_of(("IS NULL", "IS NOT NULL"), ("IS NOT NULL", "IS NULL"))
    column = _TEXT_COLUMNS.map(made)
    plain = st.one_of(
        st.just(made("b")),
        st.builds(lambda a, op, b: made("(", a, op, b, ")"), number, _COMPARED, number),
        st.builds(lambda a, op, b: made("(", a, op, b, ")"), column, _COMPARED, text),
        st.builds(lambda op, b: made("( day", op, b, ")"), _COMPARED, _date_literals()),
        st.builds(lambda a, op, b: made("(", a, op, b, ")"), column, like, _text_literals()),
        st.builds(lambda a, is_: made("(", a, is_, ")"), _NUMBER_COLUMNS.map(made), null),
        st.builds(
            lambda a, op, low, high: made("(", a, op, low, "AND", high, ")"),
            number,
            within,
            _number_literals(),
            number,
        ),
        _lists(number, negated, _number_literals()),
        _lists(column, negated, _text_literals()),
    )
    if depth == 0:
        return plain
    below = conditions(depth - 1)
    junction = one_of(("AND", "OR"), ("OR", "AND"))
    return st.one_of(
        plain,
        st.builds(lambda a, op, b: made("(", a, op, b, ")"), below, junction, below),
        st.builds(lambda a: made("(NOT", a, ")"), below),
    )


@st.composite
def _lists(
    draw: st.DrawFn,
    value: SearchStrategy[Expression],
    operator: SearchStrategy[Piece],
    literal: SearchStrategy[Expression],
) -> Expression:
    first, *rest = draw(st.lists(literal, min_size=1, max_size=4))
    listed: list[str | Expression] = [first]
    for each in rest:
        listed += [",", each]
    return made("(", draw(value), draw(operator), "(", *listed, ") )")
