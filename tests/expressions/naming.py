"""Names: quoted, reserved, in other letters, and those that functions have too."""

from __future__ import annotations

import sqlalchemy as sa

from tests.expressions.form import POSTGRESQL, SQLITE, condition, value

FORMS = (
    condition("mixed_case", '"Mixed Case" > 0', '"Mixed Case" > 1'),
    condition("reserved", '"order" > 0', '"order" > 1'),
    condition("letters", "größe > 0", "größe > 1"),
    condition("letters_quoted", '"größe" > 0', '"größe" > 1'),
    condition("like_a_function", "length > 0", "length > 1"),
    condition("function_of_same_name", "length(t) > length", "length(t) >= length"),
    condition("quote_in_name", '"with""quote" > 0', '"with""quote" > 1'),
    condition("like_a_keyword", '"user" > 0', '"user" > 1'),
    condition("percent_in_name", '"percent%" > 0', '"percent%" > 1'),
    condition("needless_quotes", '"n" > 0', '"n" > 1'),
    condition("upper_case", "N > 0", "M > 0"),
    condition("qualified", "naming.n > 0", "naming.m > 0", places=("check",)),
    condition("qualified_quoted", '"naming"."n" > 0', '"naming"."m" > 0', places=("check",)),
    condition("construct_mixed", lambda c: c["Mixed Case"] > 0, lambda c: c["Mixed Case"] > 1),
    condition("construct_reserved", lambda c: c["order"] > 0, lambda c: c["order"] > 1),
    condition("construct_quote", lambda c: c['with"quote'] > 0, lambda c: c['with"quote'] > 1),
    condition("construct_percent", lambda c: c["percent%"] > 0, lambda c: c["percent%"] > 1),
    condition("construct_letters", lambda c: c["größe"] > c.n, lambda c: c["größe"] < c.n),
    condition("another_column", "n > 5", '"length" > 5'),
    condition("brackets", "[n] > 0", "[m] > 0", on=SQLITE),
    condition("backticks", "`n` > 0", "`m` > 0", on=SQLITE),
    condition(
        "string_in_double_quotes",
        't <> "no column"',
        't <> "no such column"',
        on=SQLITE,
        places=("check",),
    ),
    condition(
        "string_in_double_quotes_case",
        't <> "No Column"',
        't <> "no column"',
        on=SQLITE,
        places=("check",),
    ),
    condition("unicode_name", r'U&"gr\00f6\00dfe" > 0', r'U&"gr\00f6\00dfe" > 1', on=POSTGRESQL),
    value("mixed", '"Mixed Case" + 1', '"Mixed Case" + 2', sa.Integer),
    value("keyword", '"order" + "user"', '"order" - "user"', sa.Integer),
    value("function_named", "length(t) + length", "length(t) - length", sa.Integer),
    value(
        "construct_sum",
        lambda c: c["Mixed Case"] + c["order"],
        lambda c: c["Mixed Case"] - c["order"],
        sa.Integer,
    ),
)
