"""Names by the naming convention of the models."""

from __future__ import annotations

from tests.op_surface.form import Form

# The one that SQLAlchemy's documentation recommends.
_USUAL = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_TOKENS = {
    "ix": "i_%(table_name)s_%(constraint_name)s",
    "uq": "u_%(constraint_name)s",
    "fk": "f_%(constraint_name)s",
}
_BARE = (
    'op.create_table("t", sa.Column("a", sa.Integer(), nullable=False), '
    'sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("a", name=op.f("t_pk")))\n'
)

FORMS = (
    Form(
        name="create_table names what has no name",
        convention=_USUAL,
        body='op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), '
        'sa.Column("a", sa.Integer(), index=True), sa.Column("b", sa.Integer(), unique=True), '
        'sa.Column("u", sa.Integer(), sa.ForeignKey("users.id")), '
        'sa.CheckConstraint("a > 0", name="positive"), sa.UniqueConstraint("a", "b"), '
        'sa.Column("e", sa.Enum("x", "y", name="letters", native_enum=False, '
        "create_constraint=True)))",
    ),
    Form(
        name="create_table op.f",
        convention=_USUAL,
        body='op.create_table("t", sa.Column("a", sa.Integer(), nullable=False), '
        'sa.CheckConstraint("a > 0", name=op.f("positive")), '
        'sa.PrimaryKeyConstraint("a", name=op.f("mine")), '
        'sa.UniqueConstraint("a", name="given"))',
    ),
    Form(
        name="create_table PrimaryKeyConstraint without a name",
        convention=_USUAL,
        body='op.create_table("t", sa.Column("a", sa.Integer(), nullable=False), '
        'sa.PrimaryKeyConstraint("a"))',
    ),
    Form(
        name="create_table tokens",
        convention=_TOKENS,
        body='op.create_table("t", sa.Column("a", sa.Integer(), nullable=False), '
        'sa.PrimaryKeyConstraint("a", name="one"), sa.UniqueConstraint("a", name="two"), '
        'sa.ForeignKeyConstraint(["a"], ["users.id"], name="three"), sa.Index("four", "a"))',
    ),
    Form(
        name="constraints without a name",
        convention=_USUAL,
        before=_BARE,
        body='op.create_unique_constraint(None, "users", ["name"])\n'
        'op.create_foreign_key(None, "posts", "users", ["user_id"], ["id"])\n'
        'op.create_check_constraint("positive", "users", "age > 0")\n'
        'op.create_index(None, "users", ["age"])',
    ),
    Form(
        name="create_foreign_key to itself",
        convention=_USUAL,
        body='op.create_foreign_key(None, "posts", "posts", ["user_id"], ["id"])',
    ),
    Form(
        name="create_primary_key without a name",
        convention=_USUAL,
        before='op.create_table("s", sa.Column("a", sa.Integer(), nullable=False))\n',
        body='op.create_primary_key(None, "s", ["a"])',
    ),
    Form(
        name="constraints by tokens",
        convention=_TOKENS,
        before=_BARE,
        body='op.create_unique_constraint("one", "t", ["b"])\n'
        'op.create_foreign_key("two", "t", "users", ["b"], ["id"])\n'
        'op.create_index("three", "t", ["b"])\n'
        'op.create_index("four", "t", [sa.text("lower(b)")])\n'
        'op.create_unique_constraint(op.f("five"), "t", ["a", "b"])',
        on=("sqlite",),
    ),
    Form(
        name="add_column",
        convention=_USUAL,
        body='op.add_column("posts", sa.Column("boss", sa.Integer(), sa.ForeignKey("users.id"), '
        "index=True))\n"
        'op.add_column("posts", sa.Column("code", sa.Integer(), unique=True))',
    ),
    Form(
        name="drop_constraint by tokens",
        convention=_USUAL,
        before='op.create_check_constraint("positive", "users", "age > 0")\n'
        'op.create_check_constraint(op.f("other"), "users", "age > 1")\n',
        on=("postgresql",),
        body='op.drop_constraint("positive", "users", type_="check")\n'
        'op.drop_constraint(op.f("other"), "users", type_="check")',
    ),
    Form(
        name="drop_constraint without a kind",
        convention=_USUAL,
        before='op.create_check_constraint("positive", "users", "age > 0")\n',
        on=("postgresql",),
        body='op.drop_constraint("ck_users_positive", "users")',
    ),
    Form(
        name="drop_constraint the key without a name",
        convention=_USUAL,
        on=("postgresql",),
        before='op.create_table("s", sa.Column("a", sa.Integer(), primary_key=True))\n',
        body='op.drop_constraint(None, "s", type_="primary")',
    ),
    Form(
        name="drop_index by tokens",
        convention=_TOKENS,
        before='op.create_index("one", "users", ["name"])\n'
        'op.create_index(op.f("two"), "users", ["age"])\n',
        body='op.drop_index("one", table_name="users")\n'
        'op.drop_index(op.f("two"), table_name="users")',
    ),
    Form(
        name="alter_column type_ with a check",
        convention=_USUAL,
        on=("postgresql",),
        body='op.alter_column("users", "name", type_=sa.Enum("ann", "bob", name="names", '
        "native_enum=False, create_constraint=True, length=40))",
    ),
)
