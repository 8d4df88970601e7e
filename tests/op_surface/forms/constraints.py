"""create_…_constraint, create_primary_key, create_foreign_key, drop_constraint."""

from __future__ import annotations

from tests.capabilities import NULLS_NOT_DISTINCT, UNIQUE_INCLUDE
from tests.op_surface.form import Form

_KEYLESS = (
    'op.create_table("t", sa.Column("a", sa.Integer(), nullable=False), '
    'sa.Column("b", sa.Integer(), nullable=False))\n'
)
_SCHEMA = 'op.execute("CREATE SCHEMA s1")\n'
_IN_SCHEMA = _SCHEMA + (
    'op.create_table("t", sa.Column("a", sa.Integer(), nullable=False), schema="s1")\n'
    'op.create_table("u", sa.Column("a", sa.Integer(), primary_key=True), schema="s1")\n'
)
_MADE = (
    'op.create_table("t", sa.Column("a", sa.Integer(), nullable=False), '
    'sa.Column("u", sa.Integer()), sa.PrimaryKeyConstraint("a", name="t_pk"), '
    'sa.UniqueConstraint("u", name="t_uq"), sa.CheckConstraint("u > 0", name="t_ck"), '
    'sa.ForeignKeyConstraint(["u"], ["users.id"], name="t_fk"))\n'
)

FORMS = (
    Form(
        name="create_primary_key",
        before=_KEYLESS,
        body='op.create_primary_key("t_pk", "t", ["a", "b"])',
    ),
    Form(
        name="create_primary_key by keyword",
        before=_KEYLESS,
        body='op.create_primary_key(constraint_name="t_pk", table_name="t", columns=["a"], '
        "schema=None)",
    ),
    Form(
        name="create_primary_key without a name",
        on=("postgresql",),
        before=_KEYLESS,
        body='op.create_primary_key(None, "t", ["a"])',
    ),
    Form(
        name="create_primary_key schema",
        on=("postgresql",),
        before=_IN_SCHEMA,
        body='op.create_primary_key("t_pk", "t", ["a"], schema="s1")',
    ),
    Form(
        name="create_unique_constraint",
        body='op.create_unique_constraint("uq", "users", ["name", "age"])',
    ),
    Form(
        name="create_unique_constraint by keyword",
        body='op.create_unique_constraint(constraint_name="uq", table_name="users", '
        'columns=["name"], schema=None)',
    ),
    Form(
        name="create_unique_constraint without a name",
        on=("postgresql",),
        body='op.create_unique_constraint(None, "users", ["name"])',
    ),
    Form(
        name="create_unique_constraint deferrable initially",
        on=("postgresql",),
        body='op.create_unique_constraint("uq", "users", ["name"], deferrable=True, '
        'initially="DEFERRED")',
    ),
    Form(
        name="create_unique_constraint postgresql_include nulls_not_distinct",
        is_sayable=UNIQUE_INCLUDE and NULLS_NOT_DISTINCT,
        on=("postgresql",),
        body='op.create_unique_constraint("uq", "users", ["name"], '
        'postgresql_include=["age"], postgresql_nulls_not_distinct=True)',
    ),
    Form(
        name="create_unique_constraint schema",
        on=("postgresql",),
        before=_IN_SCHEMA,
        body='op.create_unique_constraint("uq", "t", ["a"], schema="s1")',
    ),
    Form(
        name="create_check_constraint",
        body='op.create_check_constraint("ck", "users", "age > 0")',
    ),
    Form(
        name="create_check_constraint text",
        body='op.create_check_constraint("ck", "users", sa.text("age > 0 AND name <> \'%\'"))',
    ),
    Form(
        name="create_check_constraint expression",
        body='op.create_check_constraint("ck", "users", '
        'sa.and_(sa.column("age") > 0, sa.func.length(sa.column("name")) < 99))',
    ),
    Form(
        name="create_check_constraint by keyword",
        body='op.create_check_constraint(constraint_name="ck", table_name="users", '
        'condition="age > 0", schema=None)',
    ),
    Form(
        name="create_check_constraint postgresql_not_valid",
        on=("postgresql",),
        before='op.execute("UPDATE users SET age = -1")\n',
        body='op.create_check_constraint("ck", "users", "age > 0", postgresql_not_valid=True)',
    ),
    Form(
        name="create_check_constraint without a name",
        on=("postgresql",),
        body='op.create_check_constraint(None, "users", "age > 0")',
    ),
    Form(
        name="create_check_constraint schema",
        on=("postgresql",),
        before=_IN_SCHEMA,
        body='op.create_check_constraint("ck", "t", "a > 0", schema="s1")',
    ),
    Form(
        name="create_check_constraint deferrable",
        body='op.create_check_constraint("ck", "users", "age > 0", deferrable=None, '
        "initially=None, info={})",
    ),
    Form(
        name="create_foreign_key",
        body='op.create_foreign_key("fk", "posts", "users", ["user_id"], ["id"])',
    ),
    Form(
        name="create_foreign_key by keyword",
        body='op.create_foreign_key(constraint_name="fk", source_table="posts", '
        'referent_table="users", local_cols=["user_id"], remote_cols=["id"], '
        'onupdate="CASCADE", ondelete="SET NULL", deferrable=True, initially="DEFERRED", '
        "match=None, source_schema=None, referent_schema=None)",
    ),
    Form(
        name="create_foreign_key match",
        on=("postgresql",),
        body='op.create_foreign_key("fk", "posts", "users", ["user_id"], ["id"], match="FULL")',
    ),
    Form(
        name="create_foreign_key use_alter",
        body='op.create_foreign_key("fk", "posts", "users", ["user_id"], ["id"], use_alter=True)',
    ),
    Form(
        name="create_foreign_key without a name",
        on=("postgresql",),
        body='op.create_foreign_key(None, "posts", "users", ["user_id"], ["id"])',
    ),
    Form(
        name="create_foreign_key to itself",
        body='op.create_foreign_key("fk", "posts", "posts", ["user_id"], ["id"])',
    ),
    Form(
        name="create_foreign_key postgresql_not_valid",
        on=("postgresql",),
        before='op.execute("UPDATE posts SET user_id = 99")\n',
        body='op.create_foreign_key("fk", "posts", "users", ["user_id"], ["id"], '
        "postgresql_not_valid=True)",
    ),
    Form(
        name="create_foreign_key schemas",
        on=("postgresql",),
        before=_IN_SCHEMA + 'op.execute("DELETE FROM posts")\n',
        body='op.create_foreign_key("fk", "t", "u", ["a"], ["a"], source_schema="s1", '
        'referent_schema="s1")\n'
        'op.create_foreign_key("fk2", "posts", "u", ["n"], ["a"], referent_schema="s1")',
    ),
    Form(
        name="create_exclude_constraint",
        on=("postgresql",),
        body='op.create_exclude_constraint("ex", "users", ("age", "="), ("id", "="), '
        'where="age > 0", using="btree", deferrable=True, initially="DEFERRED")',
    ),
    Form(
        name="create_exclude_constraint where",
        on=("postgresql",),
        body='op.create_exclude_constraint("ex", "users", (sa.column("age"), "="), '
        'where=sa.text("age > 0"), using="btree")',
    ),
    Form(
        name="create_exclude_constraint schema",
        on=("postgresql",),
        before=_IN_SCHEMA,
        body='op.create_exclude_constraint("ex", "t", ("a", "="), using="btree", schema="s1")',
    ),
    Form(
        name="drop_constraint unique",
        before=_MADE,
        body='op.drop_constraint("t_uq", "t", type_="unique")',
    ),
    Form(
        name="drop_constraint check",
        before=_MADE,
        body='op.drop_constraint("t_ck", "t", type_="check")',
    ),
    Form(
        name="drop_constraint foreignkey",
        before=_MADE,
        body='op.drop_constraint("t_fk", "t", type_="foreignkey")',
    ),
    Form(
        name="drop_constraint primary",
        before=_MADE,
        body='op.drop_constraint("t_pk", "t", type_="primary")',
    ),
    Form(
        name="drop_constraint without a kind",
        before=_MADE,
        body='op.drop_constraint("t_uq", "t")\nop.drop_constraint("t_ck", "t", None)',
        peer={
            "sqlite": 'op.drop_constraint("t_uq", "t", "unique")\n'
            'op.drop_constraint("t_ck", "t", "check")'
        },
    ),
    Form(
        name="drop_constraint by keyword",
        before=_MADE,
        body='op.drop_constraint(constraint_name="t_uq", table_name="t", type_="unique", '
        "schema=None, if_exists=None)",
    ),
    Form(
        name="drop_constraint if_exists",
        before=_MADE,
        body='op.drop_constraint("t_uq", "t", type_="unique", if_exists=True)',
    ),
    Form(
        name="drop_constraint if_exists that is not there",
        on=("postgresql",),
        before=_MADE,
        body='op.drop_constraint("nope", "t", type_="unique", if_exists=True)',
    ),
    Form(
        name="drop_constraint PostgreSQL's own name",
        on=("postgresql",),
        before='op.create_table("t", sa.Column("a", sa.Integer(), sa.ForeignKey("users.id")), '
        'sa.UniqueConstraint("a"), sa.CheckConstraint("a > 1"))\n',
        body='op.drop_constraint("t_a_fkey", "t", type_="foreignkey")\n'
        'op.drop_constraint("t_a_key", "t", type_="unique")\n'
        'op.drop_constraint("t_a_check", "t", type_="check")',
    ),
    Form(
        name="drop_constraint schema",
        on=("postgresql",),
        before=_IN_SCHEMA + 'op.create_unique_constraint("uq", "t", ["a"], schema="s1")\n',
        body='op.drop_constraint("uq", "t", type_="unique", schema="s1")',
    ),
)
