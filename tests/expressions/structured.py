"""JSON, arrays, ranges, bits and bytes."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from tests.expressions.form import POSTGRESQL, SQLITE, condition, default, value

_ARRAY = postgresql.ARRAY(sa.Text)

FORMS = (
    default("object", postgresql.JSONB, "'{}'\\:\\:jsonb", "'[]'\\:\\:jsonb", on=POSTGRESQL),
    default("object_plain", postgresql.JSONB, lambda c: "{}", lambda c: "[]", on=POSTGRESQL),
    default("json_object", sa.JSON, lambda c: "{}", lambda c: "[]"),
    default("json_text", sa.JSON, "'{}'", "'null'"),
    default("json_cast", postgresql.JSON, "'{}'\\:\\:json", "'[]'\\:\\:json", on=POSTGRESQL),
    default(
        "json_members",
        postgresql.JSONB,
        lambda c: '{"a": 1, "b": [true, null]}',
        lambda c: '{"a": 2, "b": [true, null]}',
        on=POSTGRESQL,
    ),
    default("json_members_text", sa.JSON, lambda c: '{"a": 1}', lambda c: '{"a": 2}'),
    default(
        "json_built",
        postgresql.JSONB,
        "jsonb_build_object('a', 1)",
        "jsonb_build_object('a', 2)",
        on=POSTGRESQL,
    ),
    default("array_literal", _ARRAY, lambda c: "{}", lambda c: "{a}", on=POSTGRESQL),
    default("array_text", _ARRAY, "'{}'", "'{\"\"}'", on=POSTGRESQL),
    default("array_cast", _ARRAY, "'{a,b}'\\:\\:text[]", "'{a,c}'\\:\\:text[]", on=POSTGRESQL),
    default("array_word", _ARRAY, "ARRAY['a', 'b']", "ARRAY['a']", on=POSTGRESQL),
    default(
        "array_empty_word", _ARRAY, "ARRAY[]\\:\\:text[]", "ARRAY['']\\:\\:text[]", on=POSTGRESQL
    ),
    default(
        "array_of_varchar",
        postgresql.ARRAY(sa.String(10)),
        "ARRAY['a']\\:\\:varchar[]",
        "ARRAY['b']\\:\\:varchar[]",
        on=POSTGRESQL,
    ),
    default(
        "array_of_numbers",
        postgresql.ARRAY(sa.Integer),
        lambda c: "{1,2}",
        lambda c: "{1,3}",
        on=POSTGRESQL,
    ),
    default(
        "nested_array",
        postgresql.ARRAY(sa.Integer, dimensions=2),
        "ARRAY[ARRAY[1,2], ARRAY[3,4]]",
        "ARRAY[ARRAY[1,2], ARRAY[3,5]]",
        on=POSTGRESQL,
    ),
    default("bit_string", postgresql.BIT(4), "B'1010'", "B'1011'", on=POSTGRESQL),
    default("bit_quoted", postgresql.BIT(4), lambda c: "1010", lambda c: "1110", on=POSTGRESQL),
    default("bit_varying", postgresql.BIT(4, varying=True), "B'10'", "B'11'", on=POSTGRESQL),
    default("hex_bits", postgresql.BIT(8), "X'1F'", "X'2F'", on=POSTGRESQL),
    default("bytes", sa.LargeBinary, r"'\xdeadbeef'", r"'\xdeadbeff'", on=POSTGRESQL),
    default("bytes_cast", sa.LargeBinary, r"'\x00'\:\:bytea", r"'\x01'\:\:bytea", on=POSTGRESQL),
    default(
        "bytes_decoded",
        sa.LargeBinary,
        "decode('aGk=', 'base64')",
        "decode('aGo=', 'base64')",
        on=POSTGRESQL,
    ),
    default("blob", sa.LargeBinary, "x'DEADBEEF'", "x'DEADBEFF'", on=SQLITE),
    default("blob_lower", sa.LargeBinary, "x'deadbeef'", "x'00'", on=SQLITE),
    default("range", postgresql.INT4RANGE, "'[1,10)'", "'[1,11)'", on=POSTGRESQL),
    default(
        "range_made",
        postgresql.INT4RANGE,
        "int4range(1, 10, '[]')",
        "int4range(1, 10)",
        on=POSTGRESQL,
    ),
    default("inet", postgresql.INET, "'127.0.0.1'", "'127.0.0.2'", on=POSTGRESQL),
    default("point", postgresql.CIDR, "'10.0.0.0/8'", "'10.0.0.0/9'", on=POSTGRESQL),
    default("hstore_like_text", sa.Text, lambda c: '"a"=>"b"', lambda c: '"a"=>"c"'),
    default(
        "vector",
        postgresql.TSVECTOR,
        "to_tsvector('simple', '')",
        "to_tsvector('simple', 'x')",
        on=POSTGRESQL,
    ),
    condition("member", "doc ->> 'a' = 'x'", "doc ->> 'b' = 'x'"),
    condition("member_of_member", "doc -> 'a' ->> 'b' = 'x'", "doc -> 'a' ->> 'c' = 'x'"),
    condition("member_is_null", "(doc ->> 'a') IS NOT NULL", "(doc -> 'a') IS NOT NULL"),
    condition(
        "member_number", "(doc ->> 'a')\\:\\:int > 5", "(doc ->> 'a')\\:\\:int > 6", on=POSTGRESQL
    ),
    condition("element", "doc -> 0 = '1'", "doc -> 1 = '1'"),
    condition("path", "doc #>> '{a,b}' = 'x'", "doc #>> '{a,c}' = 'x'", on=POSTGRESQL),
    condition("contains", "doc @> '{\"a\"\\: 1}'", "doc @> '{\"a\"\\: 2}'", on=POSTGRESQL),
    condition("has_key", "doc ? 'a'", "doc ? 'b'", on=POSTGRESQL),
    condition("has_any_key", "doc ?| ARRAY['a', 'b']", "doc ?& ARRAY['a', 'b']", on=POSTGRESQL),
    condition(
        "json_type", "jsonb_typeof(doc) = 'object'", "jsonb_typeof(doc) = 'array'", on=POSTGRESQL
    ),
    condition("json_path", "doc @? '$.a'", "doc @? '$.b'", on=POSTGRESQL),
    condition(
        "construct_member",
        lambda c: c.doc["a"].as_string() == "x",
        lambda c: c.doc["b"].as_string() == "x",
    ),
    condition(
        "construct_contains",
        lambda c: c.doc.op("?")("a"),
        lambda c: c.doc.op("?")("b"),
        on=POSTGRESQL,
    ),
    condition("json_valid", "json_valid(doc)", "NOT json_valid(doc)", on=SQLITE),
    condition(
        "json_extract", "json_extract(doc, '$.a') > 1", "json_extract(doc, '$.b') > 1", on=SQLITE
    ),
    condition("json_type_of", "json_type(doc) = 'object'", "json_type(doc) = 'array'", on=SQLITE),
    condition("array_contains", "tags @> ARRAY['a']", "tags <@ ARRAY['a']", on=POSTGRESQL),
    condition("array_overlaps", "tags && '{a,b}'", "tags && '{a,c}'", on=POSTGRESQL),
    condition(
        "array_length", "array_length(tags, 1) < 5", "array_length(tags, 2) < 5", on=POSTGRESQL
    ),
    condition("cardinality", "cardinality(nums) > 0", "cardinality(tags) > 0", on=POSTGRESQL),
    condition("subscript", "nums[1] > 0", "nums[2] > 0", on=POSTGRESQL),
    condition("slice", "nums[1\\:2] = '{1,2}'", "nums[1\\:3] = '{1,2}'", on=POSTGRESQL),
    condition("any_element", "'a' = ANY (tags)", "'b' = ANY (tags)", on=POSTGRESQL),
    condition("all_elements", "0 < ALL (nums)", "1 < ALL (nums)", on=POSTGRESQL),
    condition("array_not_empty", "tags <> '{}'", "tags = '{}'", on=POSTGRESQL),
    condition("range_contains", "span @> 5", "span @> 6", on=POSTGRESQL),
    condition(
        "range_overlaps", "span && int4range(1, 5)", "span && int4range(1, 6)", on=POSTGRESQL
    ),
    condition("range_not_empty", "NOT isempty(span)", "isempty(span)", on=POSTGRESQL),
    condition("range_bounds", "lower(span) > 0", "upper(span) > 0", on=POSTGRESQL),
    condition("bit_compare", "bits <> B'00000000'", "bits <> B'00000001'", on=POSTGRESQL),
    condition(
        "bit_and",
        "(bits & B'00001111') = B'00000001'",
        "(bits | B'00001111') = B'00000001'",
        on=POSTGRESQL,
    ),
    condition("bytes_length", "octet_length(raw) = 16", "octet_length(raw) = 32", on=POSTGRESQL),
    condition("network", "addr << '10.0.0.0/8'", "addr <<= '10.0.0.0/8'", on=POSTGRESQL),
    condition(
        "uuid_version",
        "uid <> '00000000-0000-0000-0000-000000000000'",
        "uid <> '00000000-0000-0000-0000-000000000001'",
        on=POSTGRESQL,
    ),
    value("json_member", "doc ->> 'a'", "doc ->> 'b'"),
    value("json_member_lower", "lower(doc ->> 'a')", "lower(doc ->> 'b')"),
    value(
        "json_number",
        "(doc ->> 'a')\\:\\:integer",
        "(doc ->> 'a')\\:\\:bigint",
        sa.BigInteger,
        on=POSTGRESQL,
    ),
    value("json_extracted", "json_extract(doc, '$.a.b')", "json_extract(doc, '$.a.c')", on=SQLITE),
    value("array_first", "nums[1]", "nums[2]", sa.Integer, on=POSTGRESQL),
    value("array_made", "ARRAY[n, m]", "ARRAY[m, n]", postgresql.ARRAY(sa.Integer), on=POSTGRESQL),
    value(
        "range_of", "int4range(n, m)", "int4range(n, m, '[]')", postgresql.INT4RANGE, on=POSTGRESQL
    ),
    value("range_lower", "lower(span)", "upper(span)", sa.Integer, on=POSTGRESQL),
    value(
        "search",
        "to_tsvector('english', t)",
        "to_tsvector('simple', t)",
        postgresql.TSVECTOR,
        on=POSTGRESQL,
    ),
    value(
        "search_typed",
        "to_tsvector('english'\\:\\:regconfig, coalesce(t, ''))",
        "to_tsvector('english'\\:\\:regconfig, coalesce(s, ''))",
        postgresql.TSVECTOR,
        on=POSTGRESQL,
    ),
    value(
        "search_weighted",
        "setweight(to_tsvector('english', coalesce(t, '')), 'A') || "
        "setweight(to_tsvector('english', coalesce(s, '')), 'B')",
        "setweight(to_tsvector('english', coalesce(t, '')), 'A') || "
        "setweight(to_tsvector('english', coalesce(s, '')), 'C')",
        postgresql.TSVECTOR,
        on=POSTGRESQL,
    ),
)
