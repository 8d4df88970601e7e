"""Casts, which are part of what an expression means."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from tests.expressions.form import POSTGRESQL, SQLITE, condition, default, value

FORMS = (
    value("colons", "n::text", "n::varchar(3)", on=POSTGRESQL, places=("index",)),
    value("function", "CAST(n AS TEXT)", "CAST(m AS TEXT)"),
    value("to_integer", "CAST(t AS INTEGER)", "CAST(t AS NUMERIC)", sa.Integer),
    value("construct", lambda c: sa.cast(c.n, sa.Text), lambda c: sa.cast(c.m, sa.Text)),
    value("chained", "n::text::varchar(5)", "n::text::varchar(6)", sa.String(9), on=POSTGRESQL),
    value("binds_tightly", "n + m::bigint", "(n + m)::bigint", sa.BigInteger, on=POSTGRESQL),
    value("minus_then_cast", "-n::smallint", "(-n)::smallint", sa.Integer, on=POSTGRESQL),
    value("typed_numeric", "f::numeric(10,2)", "f::numeric(10,3)", sa.Numeric, on=POSTGRESQL),
    value("character", "t::char(3)", "t::char(4)", on=POSTGRESQL),
    value("character_varying", "t::character varying", "s", sa.String, on=POSTGRESQL),
    value("quoted_char", 't::"char"', "t::char", on=POSTGRESQL),
    value("double", "n::double precision", "n::real", sa.Float(53), on=POSTGRESQL),
    value(
        "qualified_type", "n::pg_catalog.int8", "n::pg_catalog.int2", sa.BigInteger, on=POSTGRESQL
    ),
    value("try_type_spelling", "n::int8", "n::int2", sa.BigInteger, on=POSTGRESQL),
    value(
        "array",
        "'{1,2}'::int[]",
        "'{1,2}'::bigint[]",
        postgresql.ARRAY(sa.BigInteger),
        on=POSTGRESQL,
        places=("generated",),
    ),
    condition("text_of_number", "n::text = '1'", "n::text = '2'", on=POSTGRESQL),
    condition("text_of_number_function", "CAST(n AS TEXT) = '1'", "CAST(n AS TEXT) = '2'"),
    condition("literal_cast", "s = 'x'::text", "s = 'y'::text", on=POSTGRESQL),
    condition("enum_literal", "mood = 'sad'", "mood = 'it''s'", on=POSTGRESQL),
    condition("enum_cast", "mood <> 'sad'::mood", "mood <> 'so so'::mood", on=POSTGRESQL),
    condition("enum_list", "mood IN ('sad', 'so so')", "mood IN ('sad', 'it''s')", on=POSTGRESQL),
    condition("enum_order", "mood > 'sad'", "mood >= 'sad'", on=POSTGRESQL),
    condition(
        "enum_as_text",
        "mood::text LIKE 's%'",
        "mood::text LIKE 'i%'",
        on=POSTGRESQL,
        places=("check",),
    ),
    condition(
        "regclass",
        "n <> 'pg_class'::regclass::oid::int",
        "n <> 'pg_type'::regclass::oid::int",
        on=POSTGRESQL,
    ),
    condition("numeric_affinity", "CAST(t AS NUMERIC) > 1", "CAST(t AS REAL) > 1", on=SQLITE),
    condition("blob_cast", "CAST(t AS BLOB) <> x'00'", "CAST(t AS BLOB) <> x'01'", on=SQLITE),
    default("text_cast", sa.Text, "'x'::text", "'y'::text", on=POSTGRESQL),
    default(
        "varchar_cast",
        sa.String(20),
        "'x'::character varying",
        "'y'::character varying",
        on=POSTGRESQL,
    ),
    default("cast_function", sa.Text, "CAST('x' AS TEXT)", "CAST('y' AS TEXT)", on=POSTGRESQL),
    default("cast_in_parentheses", sa.Text, "(CAST(1 AS TEXT))", "(CAST(2 AS TEXT))"),
    default("number_from_text", sa.Integer, "'1'::integer", "'2'::integer", on=POSTGRESQL),
    default("number_in_text_column", sa.Text, "1", "2", on=POSTGRESQL),
    default(
        "shorter_varchar", sa.String(20), "'abc'::varchar(2)", "'abc'::varchar(1)", on=POSTGRESQL
    ),
    default(
        "enum_value",
        sa.Enum("sad", "so so", "it's", name="mood"),
        lambda c: "sad",
        lambda c: "it's",
        on=POSTGRESQL,
    ),
    default(
        "enum_value_cast",
        sa.Enum("sad", "so so", "it's", name="mood"),
        "'so so'::mood",
        "'sad'::mood",
        on=POSTGRESQL,
    ),
    default(
        "construct_cast",
        sa.Text,
        lambda c: sa.cast(sa.literal(5), sa.Text),
        lambda c: sa.cast(sa.literal(6), sa.Text),
    ),
)
