"""Truth, null, and chains of conditions."""

from __future__ import annotations

import sqlalchemy as sa

from tests.expressions.form import BOTH, POSTGRESQL, SQLITE, condition, default, value

FORMS = (
    default("true", sa.Boolean, "true", "false"),
    default("true_upper", sa.Boolean, "TRUE", "FALSE"),
    default("true_construct", sa.Boolean, lambda c: sa.true(), lambda c: sa.false()),
    default("false_construct", sa.Boolean, lambda c: sa.false(), lambda c: sa.true()),
    default("true_string", sa.Boolean, lambda c: "true", lambda c: "false", on=POSTGRESQL),
    default("true_letter", sa.Boolean, lambda c: "t", lambda c: "f", on=POSTGRESQL),
    default("one_string", sa.Boolean, lambda c: "1", lambda c: "0"),
    default("one", sa.Boolean, "1", "0", on=SQLITE),
    default("not_true", sa.Boolean, "(NOT true)", "(NOT false)"),
    default("comparison", sa.Boolean, "(1 > 2)", "(1 < 2)"),
    default("null", sa.Text, "NULL", "'NULL'"),
    default("null_construct", sa.Integer, lambda c: sa.null(), lambda c: "1"),
    default("null_cast", sa.Text, "NULL::text", "''::text", on=POSTGRESQL),
    condition("boolean_column", "b", "NOT b"),
    condition("not_boolean", "NOT b", "b"),
    condition("is_true", "b IS TRUE", "b IS FALSE"),
    condition("is_not_true", "b IS NOT TRUE", "b IS NOT FALSE"),
    condition("is_unknown", "b IS UNKNOWN", "b IS NOT UNKNOWN", on=POSTGRESQL),
    condition("equals_true", "b = true", "b = false"),
    condition("equals_false", "b = FALSE", "b = TRUE"),
    condition("equals_one", "b = 1", "b = 0", on=SQLITE),
    condition("in_zero_one", "b IN (0, 1)", "b IN (1)", on=SQLITE),
    condition("construct_is_true", lambda c: c.b.is_(True), lambda c: c.b.is_(False)),
    condition("construct_equals", lambda c: c.b == sa.true(), lambda c: c.b == sa.false()),
    condition("construct_column", lambda c: c.b, lambda c: ~c.b),
    condition("construct_not", lambda c: sa.not_(c.b), lambda c: c.b),
    condition("is_null", "n IS NULL", "n IS NOT NULL"),
    condition("not_null_word", "n NOTNULL", "n ISNULL"),
    condition("not_is_null", "NOT (n IS NULL)", "n IS NULL"),
    condition("construct_null", lambda c: c.n.is_(None), lambda c: c.n.is_not(None)),
    condition("construct_equals_null", lambda c: c.n == sa.null(), lambda c: c.n != sa.null()),
    condition("distinct", "n IS DISTINCT FROM m", "n IS NOT DISTINCT FROM m", on=POSTGRESQL),
    condition(
        "construct_distinct",
        lambda c: c.n.is_distinct_from(c.m),
        lambda c: c.n.is_not_distinct_from(c.m),
    ),
    condition("is_operator", "n IS m", "n IS NOT m", on=SQLITE),
    condition("double_equals", "n == 5", "n == 6", on=SQLITE),
    condition("and", "n > 0 AND m > 0", "n > 0 OR m > 0"),
    condition("and_over_or", "n > 0 OR m > 0 AND b", "(n > 0 OR m > 0) AND b"),
    condition("or_in_parentheses", "(n > 0 OR m > 0) AND n < 10", "n > 0 OR m > 0 AND n < 10"),
    condition("not_over_and", "NOT (n > 0 AND m > 0)", "NOT n > 0 AND m > 0"),
    condition(
        "long_and",
        " AND ".join(f"n <> {k}" for k in range(40)),
        " AND ".join(f"n <> {k}" for k in range(41)),
    ),
    condition(
        "long_or",
        " OR ".join(f"n = {k} AND m = {k}" for k in range(30)),
        " OR ".join(f"n = {k} AND m <> {k}" for k in range(30)),
    ),
    condition(
        "nested", "((n > 0) AND ((m > 0) OR (NOT (n = m))))", "((n > 0) AND ((m > 0) OR (n = m)))"
    ),
    condition("exactly_one", "(n IS NULL) <> (m IS NULL)", "(n IS NULL) = (m IS NULL)"),
    condition("implies", "NOT b OR n IS NOT NULL", "b OR n IS NOT NULL"),
    condition(
        "construct_and", lambda c: sa.and_(c.n > 0, c.m < 10), lambda c: sa.and_(c.n > 0, c.m < 11)
    ),
    condition(
        "construct_or",
        lambda c: sa.or_(c.n > 0, sa.and_(c.m < 10, c.b)),
        lambda c: sa.and_(sa.or_(c.n > 0, c.m < 10), c.b),
    ),
    condition("num_nonnulls", "num_nonnulls(n, m) = 1", "num_nulls(n, m) = 1", on=POSTGRESQL),
    condition("always", "true", "false", places=("check",)),
    condition("of_equality", "(n = 1) = (m = 1)", "(n = 1) = (m = 2)"),
    value("comparison_of_columns", "n > m", "n >= m", sa.Boolean),
    value("truth", "b IS TRUE", "b IS NOT TRUE", sa.Boolean),
    value("null_test", "n IS NULL", "n IS NOT NULL", sa.Boolean),
    value("construct_comparison", lambda c: c.n > c.m, lambda c: c.n < c.m, sa.Boolean, on=BOTH),
)
