"""Reading SQL text."""

from __future__ import annotations

from itertools import pairwise

import pytest

from flaskmig import sql

TEXTS = [
    "SELECT 'it''s', \"a\"\"b\", [c d], `e` FROM t -- 'no string\nWHERE x >= 1.5e3 /* \"no name */",
    "x'ab' || :name <> ?1",
    "'not ended",
    "",
]


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
@pytest.mark.parametrize("text", TEXTS)
def test_spans_are_exact(text: str, dialect: str) -> None:
    """Each token is the slice of the text that its span names, in order and without overlap."""
    found = sql.tokens(text, dialect)
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_comments_and_strings_are_no_words() -> None:
    """What stands in a comment or a string is never a word."""
    text = "a /* b */ -- c\n 'd' \"e\""
    assert [token.text for token in sql.tokens(text) if token.kind == "word"] == ["a"]


def test_postgresql_strings_and_nested_comments() -> None:
    """Dollar quotes, escape strings and nested comments are read as PostgreSQL reads them."""
    text = "E'a\\'b' $f$ it's $$ $f$ /* a /* b */ c */ x::int"
    assert [token.text for token in sql.tokens(text, "postgresql")] == [
        "E'a\\'b'", "$f$ it's $$ $f$", "x", "::", "int",
    ]  # fmt: skip


def test_postgresql_sign_is_not_part_of_the_operator() -> None:
    """A sign behind an operator belongs to the number, as in PostgreSQL's own scanner."""
    assert [token.text for token in sql.tokens("a=-1", "postgresql")] == ["a", "=", "-", "1"]


@pytest.mark.parametrize("name", ["plain", 'with "quotes"', "ünïcode", "a b", "select"])
def test_quoted_names_come_back(name: str) -> None:
    """A quoted name reads as the name that was quoted."""
    (token,) = sql.tokens(sql.quote(name))
    assert token.name == name


def test_split_keeps_bodies_together() -> None:
    """A semicolon in a trigger's body or a string ends no statement."""
    trigger = (
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN "
        "UPDATE a SET b = CASE WHEN 1 THEN 2 END; SELECT ';'; END"
    )
    assert sql.split(f"SELECT 1; -- only; a comment\n{trigger};\nSELECT 2;;") == [
        "SELECT 1",
        trigger,
        "SELECT 2",
    ]


def test_split_knows_dollar_quotes() -> None:
    """A function body in dollar quotes is one statement on PostgreSQL."""
    function = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$"
    assert sql.split(f"{function}; SELECT 2", "postgresql") == [function, "SELECT 2"]


@pytest.mark.parametrize(
    ("a", "b", "dialect"),
    [
        ("(a > 1)", "A>1", "sqlite"),
        ('"a" > 1', "a > 1", "sqlite"),
        ("a <> 1 AND (b OR c)", "a != 1 and (b or c)", "sqlite"),
        ("a > 1 AND b > 1", "(a > 1) AND (b > 1)", "postgresql"),
        ("a <> 1 AND b > 1", '((("a") != 1) and (b > (1)))', "sqlite"),
        ("x::int > 1", "CAST(x AS integer) > 1", "postgresql"),
        ("replace(a,'x','y') > 1", "REPLACE(a, 'x', 'y')>1", "postgresql"),
        ("NOT a IN (1, 2)", "a NOT IN (1, 2)", "postgresql"),
        ("a == 1", "a = 1", "sqlite"),
        ("a LIKE 'x'", "a ~~ 'x'", "postgresql"),
        ("CURRENT_TIMESTAMP", "current_timestamp", ""),
        (None, None, ""),
    ],
)
def test_spelling_makes_no_difference(a: str | None, b: str | None, dialect: str) -> None:
    """Parentheses, case, white space and needless quotes make no difference."""
    assert sql.equivalent(a, b, dialect)


@pytest.mark.parametrize(
    ("a", "b", "dialect"),
    [
        ("x::int > 1", "x::text > 1", "postgresql"),
        ("(a OR b) AND c", "a OR (b AND c)", "sqlite"),
        ("'a'", "'A'", ""),
        ('"A"', "a", "postgresql"),
        ("a", "b", ""),
        ("not parsable ((", "not parsable ((]", ""),
        ("1", None, ""),
        ("null", '"null"', "sqlite"),
        ('t::"char"', "t::char", "postgresql"),
        ("to_char(a, 'Month')", "to_char(a, 'MONTH')", "postgresql"),
        ("date_part('year', a)", "extract(year from a)", "postgresql"),
        ("mod(a, b)", "a % b", "postgresql"),
        ("+a", "a", "sqlite"),
        ('a <> "ABC"', 'a <> "abc"', "sqlite"),
        ("größe > 1", "GRÖSSE > 1", "sqlite"),
        ("ä > 1", "Ä > 1", "postgresql"),
        ("a FROM b", "a FROM c", "sqlite"),
    ],
)
def test_meaning_makes_a_difference(a: str | None, b: str | None, dialect: str) -> None:
    """Casts, grouping, strings and what cannot be parsed do make a difference."""
    assert not sql.equivalent(a, b, dialect)


def test_rename_leaves_strings_and_functions() -> None:
    """Renaming an identifier touches neither strings nor functions of its name."""
    assert sql.rename("a + A(1) || 'a' -- a\n || [a]", "a", "b") == (
        '"b" + A(1) || \'a\' -- a\n || "b"'
    )


def test_bare_takes_off_only_what_encloses_all() -> None:
    """Outer parentheses go only where they belong together."""
    assert sql.bare(" ((a) + (b)) ") == "(a) + (b)"
    assert sql.bare("(a) + (b)") == "(a) + (b)"
