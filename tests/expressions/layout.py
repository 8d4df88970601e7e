"""White space, letter case, parentheses and comments: all that means nothing."""

from __future__ import annotations

import sqlalchemy as sa

from tests.expressions.form import POSTGRESQL, condition, default, value

FORMS = (
    condition("squeezed", "n>0 AND m<10", "n>0 AND m<11"),
    condition("spread", "  n   >\t0 ", "  n   >\t1 "),
    condition("lines", "n > 0\n  AND\n  m > 0", "n > 0\n  OR\n  m > 0"),
    condition("lower_keywords", "n > 0 and not m is null", "n > 0 and m is null"),
    condition("upper_names", "N > 0 AND LENGTH(T) > 0", "N > 0 AND LENGTH(S) > 0"),
    condition("parentheses", "(((n > 0)))", "(((n > 1)))"),
    condition("needless_parentheses", "(n) > (0) AND ((m) > (0))", "(n) > (0) AND ((m) > (1))"),
    condition("one_pair_each_side", "(n > 0) AND (m > 0)", "(n > 0) OR (m > 0)"),
    condition("comment", "n /* how many */ > 0", "n /* how many */ > 1"),
    condition("comment_first", "/* n */ n > 0", "/* n */ m > 0"),
    condition("line_comment", "n > 0 -- more\n AND m > 0", "n > 0 -- more\n AND m > 1"),
    condition("comment_with_quote", "n > 0 /* it's */ AND m > 0", "n > 0 /* it's */ AND m > 1"),
    condition(
        "nested_comment", "n > /* a /* b */ c */ 0", "n > /* a /* b */ c */ 1", on=POSTGRESQL
    ),
    condition("comment_mark_in_string", "t <> '-- x'", "t <> '-- y'"),
    condition("parenthesis_in_string", "t <> ')'", "t <> '('"),
    condition("call_with_space", "length (t) > 0", "length (t) > 1"),
    condition("cast_with_spaces", "n :: text <> '1'", "n :: text <> '2'", on=POSTGRESQL),
    default("number_in_parentheses", sa.Integer, "((5))", "((6))"),
    default("space", sa.Integer, " 5", " 6"),
    default("default_call_with_space", sa.Text, "lower ( 'A' )", "lower ( 'B' )", on=POSTGRESQL),
    default("upper_function", sa.Text, "LOWER('A')", "LOWER('B')", on=POSTGRESQL),
    default("string_in_parentheses", sa.Text, "('a')", "('b')"),
    value("sum_in_parentheses", "((n + m))", "((n - m))", sa.Integer),
    value("comment_inside", "n /* of */ + 1", "n /* of */ + 2", sa.Integer),
    value("sum_in_lines", "n\n+\nm", "n\n-\nm", sa.Integer),
)
