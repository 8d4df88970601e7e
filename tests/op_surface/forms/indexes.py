"""create_index and drop_index."""

from __future__ import annotations

import sqlalchemy as sa

from tests.capabilities import knows
from tests.op_surface.form import Form

_SCHEMA = (
    'op.execute("CREATE SCHEMA s1")\n'
    'op.create_table("t", sa.Column("a", sa.Integer()), schema="s1")\n'
)
_MADE = 'op.create_index("ix", "users", ["name"])\n'

FORMS = (
    Form(name="create_index", body='op.create_index("ix", "users", ["name", "age"])'),
    Form(
        name="create_index by keyword",
        body='op.create_index(index_name="ix", table_name="users", columns=["name"], '
        "schema=None, unique=True, if_not_exists=None)",
    ),
    Form(
        name="create_index op.f", body='op.create_index(op.f("ix_users_name"), "users", ["name"])'
    ),
    Form(name="create_index without a name", body='op.create_index(None, "users", ["name"])'),
    Form(name="create_index a tuple", body='op.create_index("ix", "users", ("name", "age"))'),
    Form(
        name="create_index expressions",
        body='op.create_index("ix", "users", [sa.text("lower(name)"), sa.text("age DESC")])\n'
        'op.create_index("iy", "users", [sa.func.lower(sa.column("name")), '
        'sa.column("age").desc()])',
    ),
    Form(
        name="create_index text of a column",
        body='op.create_index("ix", "users", [sa.text("name"), "age"])',
    ),
    Form(
        name="create_index sqlite_where postgresql_where",
        body='op.create_index("ix", "users", ["name"], unique=True, '
        'postgresql_where=sa.text("age > 1"), sqlite_where=sa.text("age > 1"))',
    ),
    Form(
        name="create_index where expression",
        body='op.create_index("ix", "users", ["name"], '
        'postgresql_where=sa.column("mail").is_(None), sqlite_where=sa.column("mail").is_(None))',
    ),
    Form(
        name="create_index if_not_exists",
        before=_MADE,
        body='op.create_index("ix", "users", ["name"], if_not_exists=True)\n'
        'op.create_index("iy", "users", ["age"], if_not_exists=True)',
    ),
    Form(
        name="create_index mysql_length",
        body='op.create_index("ix", "users", ["name"], mysql_length=4, mysql_prefix="FULLTEXT", '
        "mssql_clustered=True, oracle_bitmap=True)",
    ),
    Form(
        name="create_index quote info",
        body='op.create_index("ix", "users", ["name"], quote=True, info={"a": 1})',
    ),
    Form(
        name="create_index postgresql_using and ops",
        on=("postgresql",),
        body='op.create_index("ix", "users", ["name"], postgresql_using="hash")\n'
        'op.create_index("iy", "users", ["name"], postgresql_ops={"name": "varchar_pattern_ops"})\n'
        'op.create_index("iz", "users", [sa.text("lower(name) text_pattern_ops")])',
    ),
    Form(
        name="create_index postgresql_include nulls_not_distinct with",
        is_sayable=knows(sa.Index, "postgresql_nulls_not_distinct"),
        on=("postgresql",),
        body='op.create_index("ix", "users", ["name"], unique=True, postgresql_include=["age"], '
        'postgresql_nulls_not_distinct=True, postgresql_with={"fillfactor": 70})',
    ),
    Form(
        name="create_index postgresql_concurrently",
        on=("postgresql",),
        body="with op.get_context().autocommit_block():\n"
        '    op.create_index("ix", "users", ["name"], postgresql_concurrently=True, '
        "if_not_exists=True)",
        peer={
            "postgresql": 'op.create_index("ix", "users", ["name"], if_not_exists=True)',
        },
    ),
    Form(
        name="create_index schema",
        on=("postgresql",),
        before=_SCHEMA,
        body='op.create_index("ix", "t", ["a"], schema="s1", unique=False)',
    ),
    Form(name="drop_index", before=_MADE, body='op.drop_index("ix")'),
    Form(
        name="drop_index by keyword",
        before=_MADE,
        body='op.drop_index(index_name="ix", table_name="users", schema=None, if_exists=None)',
    ),
    Form(
        name="drop_index with what create_index has",
        before=_MADE,
        body='op.drop_index("ix", table_name="users", postgresql_where=sa.text("age > 1"), '
        'postgresql_using="btree", postgresql_ops={"name": "x"}, sqlite_where=sa.text("a"), '
        "postgresql_nulls_not_distinct=True, mysql_length=3)",
    ),
    Form(name="drop_index op.f", before=_MADE, body='op.drop_index(op.f("ix"), "users")'),
    Form(
        name="drop_index if_exists",
        before=_MADE,
        body='op.drop_index("ix", if_exists=True)\n'
        'op.drop_index("nope", table_name="users", if_exists=True)\n'
        'op.drop_index("nope", if_exists=True)',
    ),
    Form(
        name="drop_index postgresql_concurrently",
        on=("postgresql",),
        before=_MADE,
        body="with op.get_context().autocommit_block():\n"
        '    op.drop_index("ix", table_name="users", postgresql_concurrently=True)',
        peer={"postgresql": 'op.drop_index("ix", table_name="users")'},
    ),
    Form(
        name="drop_index schema",
        on=("postgresql",),
        before=_SCHEMA + 'op.create_index("ix", "t", ["a"], schema="s1")\n',
        body='op.drop_index("ix", table_name="t", schema="s1")',
    ),
    Form(
        name="create_index where as a str",
        body='op.create_index("ix", "users", ["name"], postgresql_where="age > 1", '
        'sqlite_where=sa.text("age > 1"))',
    ),
)
