"""Types as the catalogue spells them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from flaskmig.dialects.postgresql.spelling import spell_identifier, spell_type
from tests.postgresql.support import execute, rows

SPELLED = """
VARCHAR(80)|INTEGER[]|NUMERIC(10, 2)|NUMERIC(10)|NUMERIC|TIMESTAMP WITHOUT TIME ZONE|
TIMESTAMP(3) WITH TIME ZONE|FLOAT|FLOAT(10)|FLOAT(30)|DECIMAL|DECIMAL(5)|BOOLEAN|CHAR|CHAR(3)|
DOUBLE PRECISION|INTERVAL|INTERVAL (3)|INTERVAL DAY TO SECOND (3)|INTERVAL YEAR TO MONTH|
INTERVAL SECOND(2)|BIT VARYING|BIT VARYING(5)|BIT|BIT(3)|VARBIT(4)|"Mood"|mood|"order"|
aud."Kind"|aud.kind|"aud".kind[]|VARCHAR(10) COLLATE "C"|JSON|JSONB|UUID|text|"char"|"text"|
bpchar|bpchar(3)|VARCHAR|TIME|TIME(3)|TIMETZ|TIMESTAMPTZ(2)|TIMESTAMP|TIME WITH TIME ZONE|
INT4RANGE|TSVECTOR|INET|MACADDR8|BYTEA|MONEY|OID|REGCLASS|pg_catalog.int4|int8[][]|
integer ARRAY|integer ARRAY[4]|VARCHAR(3)[][]|NATIONAL CHARACTER VARYING(4)|
CHARACTER VARYING(5)|NCHAR(2)|XML|CIDR|DATE|REAL|SMALLINT|BIGINT|NAME|TIMESTAMP(9)|
INT8MULTIRANGE|dom|HSTORE|CITEXT
"""


def test_a_type_is_spelled_as_format_type_does(postgresql_engine: sa.Engine) -> None:
    """For every type the pure spelling must be the server's, and spelling it again the same."""
    execute(
        postgresql_engine,
        "CREATE SCHEMA aud",
        "CREATE TYPE \"Mood\" AS ENUM ('a')",
        "CREATE TYPE mood AS ENUM ('a')",
        "CREATE TYPE \"order\" AS ENUM ('a')",
        "CREATE TYPE aud.\"Kind\" AS ENUM ('a')",
        "CREATE TYPE aud.kind AS ENUM ('a')",
        "CREATE DOMAIN dom AS text",
        "CREATE EXTENSION citext",
        "CREATE EXTENSION hstore",
    )
    types = SPELLED.replace("\n", "").split("|")
    columns = ", ".join(f"c{number} {sql}" for number, sql in enumerate(types))
    execute(postgresql_engine, f"CREATE TABLE t ({columns})")
    found = rows(
        postgresql_engine,
        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute "
        "WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum",
    )
    server = [row[0] for row in found]
    assert [spell_type(sql) for sql in types] == server
    assert [spell_type(str(sql)) for sql in server] == server


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("SERIAL", "integer"),
        ("BIGSERIAL", "bigint"),
        ("NUMERIC(3,-2)", "numeric(3,-2)"),
        ("vector(3)", "vector(3)"),
        ("GEOMETRY(POINT, 4326)", "geometry(POINT,4326)"),
        ('"sch"."Mixed"[]', 'sch."Mixed"[]'),
    ],
)
def test_types_that_no_column_has_are_spelled(written: str, spelled: str) -> None:
    """Serials are their integers, and unknown types keep their arguments."""
    assert spell_type(written) == spelled


def test_an_identifier_is_spelled_as_quote_ident_does(postgresql_engine: sa.Engine) -> None:
    """Names must be quoted only where the server quotes them."""
    names = [
        "plain",
        "Upper",
        "with space",
        'q"q',
        "order",
        "name",
        "type",
        "ünïcode",
        "a1_$",
        "1a",
    ]
    for name in names:
        literal = name.replace("'", "''")
        found = rows(postgresql_engine, f"SELECT quote_ident('{literal}')")
        assert found == [(spell_identifier(name),)]
