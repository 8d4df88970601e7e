"""Functions, CASE and what the server computes."""

from __future__ import annotations

import sqlalchemy as sa

from tests.expressions.form import POSTGRESQL, SQLITE, condition, default, value

FORMS = (
    default(
        "nextval", sa.Integer, "nextval('numbers')", "nextval('\"Other Numbers\"')", on=POSTGRESQL
    ),
    default(
        "nextval_cast",
        sa.BigInteger,
        "nextval('numbers'\\:\\:regclass)",
        "nextval('\"Other Numbers\"'\\:\\:regclass)",
        on=POSTGRESQL,
    ),
    default(
        "nextval_upper",
        sa.Integer,
        "NEXTVAL('numbers')",
        "NEXTVAL('\"Other Numbers\"')",
        on=POSTGRESQL,
    ),
    default(
        "next_value",
        sa.Integer,
        lambda c: sa.Sequence("numbers").next_value(),
        lambda c: sa.Sequence("Other Numbers").next_value(),
        on=POSTGRESQL,
    ),
    default(
        "uuid",
        sa.Uuid,
        "gen_random_uuid()",
        "'00000000-0000-0000-0000-000000000000'",
        on=POSTGRESQL,
    ),
    default(
        "uuid_construct",
        sa.Uuid,
        lambda c: sa.func.gen_random_uuid(),
        lambda c: "00000000-0000-0000-0000-000000000001",
        on=POSTGRESQL,
    ),
    default(
        "uuid_as_text",
        sa.Text,
        "gen_random_uuid()\\:\\:text",
        "(gen_random_uuid()\\:\\:text || 'x')",
        on=POSTGRESQL,
    ),
    default("md5", sa.Text, "md5('a')", "md5('b')", on=POSTGRESQL),
    default("random", sa.Float(53), "random()", "(random() * 2)", on=POSTGRESQL),
    default("random_sqlite", sa.Integer, "(random())", "(abs(random()))", on=SQLITE),
    default(
        "random_hex",
        sa.Text,
        "(lower(hex(randomblob(16))))",
        "(lower(hex(randomblob(8))))",
        on=SQLITE,
    ),
    default("current_user", sa.Text, "CURRENT_USER", "SESSION_USER", on=POSTGRESQL),
    default("session_user", sa.Text, "session_user", "current_user", on=POSTGRESQL),
    default(
        "current_setting",
        sa.Text,
        "current_setting('TimeZone')",
        "current_setting('DateStyle')",
        on=POSTGRESQL,
    ),
    default(
        "current_setting_missing",
        sa.Text,
        "current_setting('app.user', true)",
        "current_setting('app.user', false)",
        on=POSTGRESQL,
    ),
    default("concatenated", sa.Text, "concat('a', 1, 'b')", "concat('a', 2, 'b')", on=POSTGRESQL),
    default(
        "construct_function",
        sa.Text,
        lambda c: sa.func.lower("ABC"),
        lambda c: sa.func.lower("ABD"),
    ),
    default(
        "construct_nested",
        sa.Text,
        lambda c: sa.func.upper(sa.func.trim(" a ")),
        lambda c: sa.func.upper(sa.func.trim(" b ")),
    ),
    default(
        "literal_column",
        sa.Integer,
        lambda c: sa.literal_column("1 + 1"),
        lambda c: sa.literal_column("1 + 2"),
    ),
    default("construct_literal", sa.Text, lambda c: sa.literal("a'b"), lambda c: sa.literal("a")),
    default(
        "construct_coalesce",
        sa.Integer,
        lambda c: sa.func.coalesce(sa.null(), 1),
        lambda c: sa.func.coalesce(sa.null(), 2),
    ),
    default(
        "case",
        sa.Integer,
        "(CASE WHEN 1 > 0 THEN 1 ELSE 2 END)",
        "(CASE WHEN 1 > 0 THEN 1 ELSE 3 END)",
    ),
    condition("length", "length(t) > 3", "length(s) > 3"),
    condition("length_quoted_call", '"length"(t) > 3', '"length"(t) > 4', on=POSTGRESQL),
    condition("char_length", "char_length(t) > 3", "char_length(t) > 4", on=POSTGRESQL),
    condition("length_upper", "LENGTH(t) > 3", "LENGTH(t) >= 3"),
    condition("trimmed", "trim(t) <> ''", "ltrim(t) <> ''"),
    condition(
        "trimmed_of", "trim(both 'x' from t) <> ''", "trim(leading 'x' from t) <> ''", on=POSTGRESQL
    ),
    condition("lowered", "lower(t) = t", "upper(t) = t"),
    condition(
        "substring",
        "substring(t from 1 for 2) = 'ab'",
        "substring(t from 2 for 2) = 'ab'",
        on=POSTGRESQL,
    ),
    condition(
        "substring_of", "substring(t, 1, 2) = 'ab'", "substring(t, 1, 3) = 'ab'", on=POSTGRESQL
    ),
    condition("substr", "substr(t, 1, 1) = 'a'", "substr(t, 1, 1) = 'b'"),
    condition("coalesce", "coalesce(n, 0) > 0", "coalesce(n, 1) > 0"),
    condition("nullif", "nullif(n, 0) > 0", "nullif(n, 1) > 0"),
    condition("greatest", "greatest(n, m) > 0", "least(n, m) > 0", on=POSTGRESQL),
    condition("two_argument_max", "max(n, m) > 0", "min(n, m) > 0", on=SQLITE),
    condition("ifnull", "ifnull(n, 0) > 0", "ifnull(n, 1) > 0", on=SQLITE),
    condition("iif", "iif(b, n, m) > 0", "iif(b, m, n) > 0", on=SQLITE),
    condition("typeof", "typeof(n) = 'integer'", "typeof(n) = 'real'", on=SQLITE),
    condition("unicode_of", "unicode(t) > 65", "unicode(t) > 66", on=SQLITE),
    condition(
        "case_searched",
        "CASE WHEN b THEN n > 0 ELSE m > 0 END",
        "CASE WHEN b THEN n > 0 ELSE m > 1 END",
    ),
    condition(
        "case_simple",
        "CASE n WHEN 1 THEN m WHEN 2 THEN 0 END > 0",
        "CASE n WHEN 1 THEN m WHEN 3 THEN 0 END > 0",
    ),
    condition(
        "case_without_else", "CASE WHEN b THEN n END > 0", "CASE WHEN b THEN n ELSE 1 END > 0"
    ),
    condition(
        "case_nested",
        "CASE WHEN b THEN CASE WHEN n > 0 THEN 1 ELSE 2 END ELSE 3 END > 1",
        "CASE WHEN b THEN CASE WHEN n > 0 THEN 1 ELSE 2 END ELSE 4 END > 1",
    ),
    condition(
        "construct_case",
        lambda c: sa.case((c.b, c.n), else_=c.m) > 0,
        lambda c: sa.case((c.b, c.m), else_=c.n) > 0,
    ),
    condition(
        "construct_case_value",
        lambda c: sa.case({1: "a", 2: "b"}, value=c.n) == "a",
        lambda c: sa.case({1: "a", 3: "b"}, value=c.n) == "a",
    ),
    condition(
        "construct_function_of",
        lambda c: sa.func.length(c.t) > 5,
        lambda c: sa.func.length(c.t) > 6,
    ),
    condition(
        "construct_coalesce_of",
        lambda c: sa.func.coalesce(c.n, c.m, 0) > 5,
        lambda c: sa.func.coalesce(c.m, c.n, 0) > 5,
    ),
    condition(
        "construct_type_coerce",
        lambda c: sa.type_coerce(c.n, sa.Text) == "5",
        lambda c: sa.type_coerce(c.n, sa.Text) == "6",
        on=SQLITE,
    ),
    condition(
        "construct_literal_column",
        lambda c: sa.literal_column("n") > 5,
        lambda c: sa.literal_column("m") > 5,
    ),
    condition(
        "construct_text_and_column",
        lambda c: sa.and_(sa.text("n > 5"), c.m > 5),
        lambda c: sa.and_(sa.text("n > 6"), c.m > 5),
    ),
    condition("construct_op", lambda c: c.n.op("&")(4) == 4, lambda c: c.n.op("|")(4) == 4),
    condition(
        "named_argument",
        "make_interval(days => n) < dur",
        "make_interval(hours => n) < dur",
        on=POSTGRESQL,
    ),
    condition(
        "variadic",
        "concat(VARIADIC tags) <> ''",
        "concat(VARIADIC tags) = ''",
        on=POSTGRESQL,
        places=("check",),
    ),
    condition(
        "qualified_function", "pg_catalog.length(t) > 3", "pg_catalog.length(t) > 4", on=POSTGRESQL
    ),
    condition(
        "qualified_operator",
        "n OPERATOR(pg_catalog.>) 3",
        "n OPERATOR(pg_catalog.<) 3",
        on=POSTGRESQL,
    ),
    value("lower", "lower(t)", "upper(t)"),
    value("lower_of_varchar", "lower(s)", "upper(s)"),
    value("construct_lower", lambda c: sa.func.lower(c.s), lambda c: sa.func.upper(c.s)),
    value("construct_lower_text", lambda c: sa.text("lower(s)"), lambda c: sa.text("lower(t)")),
    value(
        "construct_case_of",
        lambda c: sa.case((c.n > 0, "a"), else_="b"),
        lambda c: sa.case((c.n > 0, "a"), else_="c"),
        places=("generated",),
    ),
    value("substr_of", "substr(t, 1, 3)", "substr(t, 1, 4)"),
    value(
        "case_of",
        "CASE WHEN n > 0 THEN 'plus' WHEN n < 0 THEN 'minus' ELSE 'zero' END",
        "CASE WHEN n > 0 THEN 'plus' WHEN n < 0 THEN 'minus' ELSE 'none' END",
    ),
    value("coalesce_of", "coalesce(s, t, 'x')", "coalesce(s, t, 'y')"),
    value("coalesce_numbers", "coalesce(n, m, 0)", "coalesce(m, n, 0)", sa.Integer),
    value("nullif_of", "nullif(t, '')", "nullif(t, ' ')"),
    value("hashed", "md5(t)", "md5(s)", on=POSTGRESQL),
    value("split", "split_part(t, '@', 2)", "split_part(t, '@', 1)", on=POSTGRESQL),
    value(
        "regex_replaced",
        r"regexp_replace(t, '\s+', ' ', 'g')",
        r"regexp_replace(t, '\s+', '', 'g')",
        on=POSTGRESQL,
    ),
    value("left_of", "left(t, 3)", "right(t, 3)", on=POSTGRESQL),
    value("hex_of", "hex(t)", "quote(t)", on=SQLITE),
    value("formatted", "printf('%05d', n)", "printf('%06d', n)", on=SQLITE),
)
