"""Lists, ranges of values and rows."""

from __future__ import annotations

import sqlalchemy as sa

from tests.expressions.form import POSTGRESQL, condition, value

FORMS = (
    condition("numbers", "n IN (1, 2, 3)", "n IN (1, 2, 4)"),
    condition("order_of_list", "n IN (3, 1, 2)", "n IN (3, 1)"),
    condition("one_number", "n IN (1)", "n IN (2)"),
    condition("strings", "t IN ('a', 'b')", "t IN ('a', 'c')"),
    condition("strings_of_varchar", "s IN ('a', 'b')", "s IN ('a', 'B')"),
    condition("strings_of_char", "c IN ('a', 'b')", "c IN ('a', 'c')", on=POSTGRESQL),
    condition("one_string", "s IN ('a')", "s IN ('b')"),
    condition("not_in", "n NOT IN (1, 2)", "n IN (1, 2)"),
    condition("not_in_strings", "s NOT IN ('x', 'y')", "s NOT IN ('x', 'z')"),
    condition("not_before_in", "NOT n IN (1, 2)", "NOT n IN (1, 3)"),
    condition("mixed_numbers", "d IN (1, 2.5)", "d IN (1, 2.6)"),
    condition("negative_numbers", "n IN (-1, 0, 1)", "n IN (-1, 0, -1)"),
    condition("list_of_columns", "n IN (m, 5)", "n IN (m, 6)"),
    condition("construct", lambda c: c.n.in_([1, 2]), lambda c: c.n.in_([1, 2, 3])),
    condition(
        "construct_strings", lambda c: c.s.in_(["a", "it's"]), lambda c: c.s.in_(["a", "its"])
    ),
    condition("construct_not_in", lambda c: c.s.not_in(["a", "b"]), lambda c: c.s.in_(["a", "b"])),
    condition("list_with_percent", "s IN ('10%', '%%')", "s IN ('10%', '%')"),
    condition("null_and_list", "n IS NULL OR n IN (1, 2)", "n IS NOT NULL OR n IN (1, 2)"),
    condition("between", "n BETWEEN 1 AND 10", "n BETWEEN 1 AND 11"),
    condition("not_between", "n NOT BETWEEN 1 AND 10", "n BETWEEN 1 AND 10"),
    condition("between_and", "n BETWEEN 1 AND 10 AND m > 0", "n BETWEEN 1 AND 10 AND m > 1"),
    condition("between_columns", "n BETWEEN m AND m + 10", "n BETWEEN m AND m + 9"),
    condition("between_strings", "t BETWEEN 'a' AND 'm'", "t BETWEEN 'a' AND 'n'"),
    condition(
        "between_symmetric", "n BETWEEN SYMMETRIC 10 AND 1", "n BETWEEN 10 AND 1", on=POSTGRESQL
    ),
    condition("construct_between", lambda c: c.n.between(1, 9), lambda c: c.n.between(2, 9)),
    condition("any_of_array", "n = ANY (ARRAY[1, 2])", "n = ANY (ARRAY[1, 3])", on=POSTGRESQL),
    condition("all_of_array", "n <> ALL (ARRAY[1, 2])", "n <> ANY (ARRAY[1, 2])", on=POSTGRESQL),
    condition(
        "any_of_text", "s = ANY (ARRAY['a', 'b'])", "s = ANY (ARRAY['a', 'c'])", on=POSTGRESQL
    ),
    condition("any_of_literal", "n = ANY ('{1,2}')", "n = ANY ('{1,3}')", on=POSTGRESQL),
    condition(
        "any_of_typed_literal",
        "t = ANY ('{a,b}'::text[])",
        "t = ANY ('{a,c}'::text[])",
        on=POSTGRESQL,
    ),
    condition("row", "(n, m) = (1, 2)", "(n, m) = (1, 3)"),
    condition("row_less", "(n, m) < (10, 20)", "(n, m) <= (10, 20)"),
    condition("row_word", "ROW(n, m) <> ROW(1, 2)", "ROW(n, m) <> ROW(2, 2)", on=POSTGRESQL),
    condition(
        "row_list", "(n, m) IN ((1, 2), (3, 4))", "(n, m) IN ((1, 2), (3, 5))", on=POSTGRESQL
    ),
    condition(
        "overlaps",
        "(day, day + 5) OVERLAPS ('2024-01-01'::date, '2024-02-01'::date)",
        "(day, day + 6) OVERLAPS ('2024-01-01'::date, '2024-02-01'::date)",
        on=POSTGRESQL,
        places=("check",),
    ),
    value("membership", "n IN (1, 2)", "n IN (1, 3)", sa.Boolean),
    value("membership_of_strings", "s IN ('a', 'b')", "s IN ('a')", sa.Boolean),
)
