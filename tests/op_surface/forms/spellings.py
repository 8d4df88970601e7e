"""Arguments as older versions of Alembic called them, and took them by position."""

from __future__ import annotations

from tests.op_surface.form import Form

_KEYLESS = 'op.create_table("t", sa.Column("a", sa.Integer(), nullable=False))\n'
_INDEX = 'op.create_index("ix", "users", ["name"])\n'
_UNIQUE = (
    'op.create_table("t", sa.Column("a", sa.Integer()), sa.UniqueConstraint("a", name="uq"))\n'
)


def _now(body: str) -> dict[str, str]:
    """What today's Alembic takes instead."""
    return {"sqlite": body, "postgresql": body}


FORMS = (
    Form(
        name="alter_column name",
        body='op.alter_column("users", "name", name="full_name")',
        peer=_now('op.alter_column("users", "name", new_column_name="full_name")'),
    ),
    Form(
        name="alter_column nullable by position",
        body='op.alter_column("users", "age", False, existing_type=sa.Integer())',
        peer=_now('op.alter_column("users", "age", nullable=False)'),
    ),
    Form(
        name="create_primary_key name cols",
        before=_KEYLESS,
        body='op.create_primary_key(name="pk", table_name="t", cols=["a"])',
        peer=_now('op.create_primary_key("pk", "t", ["a"])'),
    ),
    Form(
        name="create_unique_constraint name source local_cols",
        body='op.create_unique_constraint(name="uq", source="users", local_cols=["name"])',
        peer=_now('op.create_unique_constraint("uq", "users", ["name"])'),
    ),
    Form(
        name="create_check_constraint name source",
        body='op.create_check_constraint(name="ck", source="users", condition="age > 0")',
        peer=_now('op.create_check_constraint("ck", "users", "age > 0")'),
    ),
    Form(
        name="create_foreign_key name source referent",
        body='op.create_foreign_key(name="fk", source="posts", referent="users", '
        'local_cols=["user_id"], remote_cols=["id"])',
        peer=_now('op.create_foreign_key("fk", "posts", "users", ["user_id"], ["id"])'),
    ),
    Form(
        name="create_foreign_key by position",
        body='op.create_foreign_key("fk", "posts", "users", ["user_id"], ["id"], "CASCADE", '
        '"SET NULL", True, "DEFERRED", None, None, None)',
        peer=_now(
            'op.create_foreign_key("fk", "posts", "users", ["user_id"], ["id"], '
            'onupdate="CASCADE", ondelete="SET NULL", deferrable=True, initially="DEFERRED")'
        ),
    ),
    Form(
        name="drop_constraint name type",
        before=_UNIQUE,
        body='op.drop_constraint(name="uq", table_name="t", type="unique")',
        peer=_now('op.drop_constraint("uq", "t", type_="unique")'),
    ),
    Form(
        name="drop_constraint schema by position",
        before=_UNIQUE,
        body='op.drop_constraint("uq", "t", "unique", None)',
        peer=_now('op.drop_constraint("uq", "t", "unique")'),
    ),
    Form(
        name="create_index name tablename",
        body='op.create_index(name="ix", tablename="users", columns=["name"])',
        peer=_now('op.create_index("ix", "users", ["name"])'),
    ),
    Form(
        name="create_index schema and unique by position",
        body='op.create_index("ix", "users", ["name"], None, True)',
        peer=_now('op.create_index("ix", "users", ["name"], unique=True)'),
    ),
    Form(
        name="drop_index name tablename",
        before=_INDEX,
        body='op.drop_index(name="ix", tablename="users")',
        peer=_now('op.drop_index("ix", table_name="users")'),
    ),
    Form(
        name="create_table drop_table name",
        body='op.create_table(name="t")\nop.drop_table(name="posts")',
        on=("postgresql",),
        peer=_now('op.create_table("t")\nop.drop_table("posts")'),
    ),
    Form(
        name="schema by position",
        on=("postgresql",),
        before='op.execute("CREATE SCHEMA s1")\n'
        'op.create_table("t", sa.Column("a", sa.Integer(), nullable=False), schema="s1")\n',
        body='op.add_column("t", sa.Column("b", sa.Integer()), "s1")\n'
        'op.create_primary_key("pk", "t", ["a"], "s1")\n'
        'op.create_unique_constraint("uq", "t", ["b"], "s1")\n'
        'op.create_check_constraint("ck", "t", "a > 0", "s1")\n'
        'op.create_table_comment("t", "x", None, "s1")\n'
        'op.rename_table("t", "u", "s1")\n'
        'op.drop_table_comment("u", "x", "s1")\n'
        'op.drop_column("u", "b", "s1")\n'
        'op.drop_table("u", "s1")',
        peer=_now(
            'op.add_column("t", sa.Column("b", sa.Integer()), schema="s1")\n'
            'op.create_primary_key("pk", "t", ["a"], schema="s1")\n'
            'op.create_unique_constraint("uq", "t", ["b"], schema="s1")\n'
            'op.create_check_constraint("ck", "t", "a > 0", schema="s1")\n'
            'op.create_table_comment("t", "x", schema="s1")\n'
            'op.rename_table("t", "u", schema="s1")\n'
            'op.drop_table_comment("u", schema="s1")\n'
            'op.drop_column("u", "b", schema="s1")\n'
            'op.drop_table("u", schema="s1")'
        ),
    ),
    Form(
        name="execute sql",
        body='op.execute(sql="UPDATE users SET age = 2")\n'
        'op.execute("UPDATE users SET age = 3", None)',
        peer=_now('op.execute("UPDATE users SET age = 2")\nop.execute("UPDATE users SET age = 3")'),
    ),
    Form(
        name="bulk_insert multiinsert by position",
        body='op.bulk_insert(sa.table("users", sa.column("id", sa.Integer)), [{"id": 7}], False)',
        peer=_now(
            'op.bulk_insert(sa.table("users", sa.column("id", sa.Integer)), [{"id": 7}], '
            "multiinsert=False)"
        ),
    ),
)
