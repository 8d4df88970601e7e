"""add_column, drop_column, alter_column."""

from __future__ import annotations

from tests.op_surface.form import Form

FORMS = (
    Form(
        name="add_column",
        body='op.add_column("users", sa.Column("x", sa.String(9), nullable=True))',
    ),
    Form(
        name="add_column by keyword",
        body='op.add_column(table_name="users", column=sa.Column("x", sa.Integer()))',
    ),
    Form(
        name="add_column with a default",
        body='op.add_column("users", sa.Column("x", sa.Integer(), nullable=False, '
        'server_default="1"))',
    ),
    Form(
        name="add_column with a default expression",
        body='op.add_column("users", sa.Column("x", sa.Integer(), '
        'server_default=sa.text("1 + 1")))',
    ),
    Form(
        name="add_column with a foreign key",
        body='op.add_column("posts", sa.Column("boss", sa.Integer(), '
        'sa.ForeignKey("users.id", name="boss_fk", ondelete="CASCADE")))',
    ),
    Form(
        name="add_column inline_references",
        body='op.add_column("posts", sa.Column("boss", sa.Integer(), '
        'sa.ForeignKey("users.id", ondelete="CASCADE")), inline_references=True)',
    ),
    Form(
        name="add_column inline_primary_key",
        before='op.create_table("bare", sa.Column("a", sa.Integer()))\n',
        body='op.add_column("bare", sa.Column("id", sa.Integer(), primary_key=True), '
        "inline_primary_key=True)",
    ),
    Form(
        name="add_column primary_key",
        before='op.create_table("bare", sa.Column("a", sa.Integer()))\n',
        body='op.add_column("bare", sa.Column("id", sa.Integer(), primary_key=True))',
    ),
    Form(
        name="add_column with unique and index",
        body='op.add_column("users", sa.Column("x", sa.Integer(), index=True))\n'
        'op.add_column("posts", sa.Column("y", sa.Integer(), unique=True))',
    ),
    Form(
        name="add_column with a check",
        body='op.add_column("users", sa.Column("x", sa.Integer(), '
        'sa.CheckConstraint("x > 0", name="positive")))',
    ),
    Form(
        name="add_column with a comment",
        body='op.add_column("users", sa.Column("x", sa.Integer(), comment="it\'s x"))',
    ),
    Form(
        name="add_column if_not_exists",
        body='op.add_column("users", sa.Column("x", sa.Integer()), if_not_exists=True)',
    ),
    Form(
        name="add_column if_not_exists that is there",
        body='op.add_column("users", sa.Column("name", sa.Text()), if_not_exists=True)',
    ),
    Form(
        name="add_column schema",
        on=("postgresql",),
        before='op.execute("CREATE SCHEMA s1")\n'
        'op.create_table("t", sa.Column("a", sa.Integer()), schema="s1")\n',
        body='op.add_column("t", sa.Column("b", sa.Integer(), index=True), schema="s1")',
    ),
    Form(
        name="add_column identity",
        on=("postgresql",),
        body='op.add_column("users", sa.Column("x", sa.BigInteger(), sa.Identity(always=True, '
        "start=7)))",
    ),
    Form(
        name="add_column computed",
        body='op.add_column("users", sa.Column("x", sa.Integer(), '
        'sa.Computed("age * 2", persisted=True)))',
    ),
    Form(
        name="add_column native enum that is there",
        on=("postgresql",),
        before="op.execute(\"CREATE TYPE mood AS ENUM ('a', 'b')\")\n",
        body='op.add_column("users", sa.Column("x", sa.Enum("a", "b", name="mood")))',
    ),
    Form(
        name="add_column postgresql.ENUM create_type=False",
        on=("postgresql",),
        before="op.execute(\"CREATE TYPE mood AS ENUM ('a', 'b')\")\n",
        body='op.add_column("users", sa.Column("x", '
        'postgresql.ENUM("a", "b", name="mood", create_type=False)))',
    ),
    Form(
        name="add_column enum with a check",
        body='op.add_column("users", sa.Column("x", sa.Enum("a", "b", name="mood_ck", '
        "native_enum=False, create_constraint=True)))",
    ),
    Form(
        name="add_column boolean with a check",
        body='op.add_column("users", sa.Column("x", sa.Boolean(create_constraint=True, '
        'name="x_ck")))',
    ),
    Form(name="drop_column", body='op.drop_column("users", "age")'),
    Form(
        name="drop_column by keyword",
        body='op.drop_column(table_name="users", column_name="age", schema=None)',
    ),
    Form(
        name="drop_column mssql_drop_default",
        body='op.drop_column("users", "age", mssql_drop_default=True, mssql_drop_check=True, '
        "mssql_drop_foreign_key=True)",
    ),
    Form(
        name="drop_column if_exists",
        body='op.drop_column("users", "age", if_exists=True)',
    ),
    Form(
        name="drop_column if_exists that is not there",
        body='op.drop_column("users", "nope", if_exists=True)',
    ),
    Form(
        name="drop_column schema",
        on=("postgresql",),
        before='op.execute("CREATE SCHEMA s1")\n'
        'op.create_table("t", sa.Column("a", sa.Integer()), sa.Column("b", sa.Integer()), '
        'schema="s1")\n',
        body='op.drop_column("t", "b", schema="s1")',
    ),
    Form(
        name="alter_column nullable=False",
        body='op.alter_column("users", "age", nullable=False)',
    ),
    Form(
        name="alter_column nullable=True",
        before='op.create_table("t", sa.Column("a", sa.Integer(), nullable=False))\n',
        body='op.alter_column("t", "a", existing_type=sa.Integer(), nullable=True)',
    ),
    Form(
        name="alter_column by keyword",
        body='op.alter_column(table_name="users", column_name="age", nullable=False, '
        'existing_type=sa.Integer(), existing_server_default="7", existing_nullable=True, '
        "existing_comment=None, existing_autoincrement=False)",
    ),
    Form(
        name="alter_column type_",
        body='op.alter_column("users", "name", type_=sa.Text(), existing_type=sa.String(40))',
    ),
    Form(
        name="alter_column type_ as a class",
        body='op.alter_column("users", "name", type_=sa.Text, existing_type=sa.String)',
    ),
    Form(
        name="alter_column postgresql_using",
        on=("postgresql",),
        before="op.execute(\"UPDATE users SET name = '41'\")\n",
        body='op.alter_column("users", "name", type_=sa.Integer(), '
        'postgresql_using="name::integer + 1")',
    ),
    Form(
        name="alter_column type_ with its check",
        before='op.create_table("t", sa.Column("a", sa.Enum("x", "y", name="a_ck", '
        "native_enum=False, create_constraint=True, length=20)))\n",
        body='op.alter_column("t", "a", existing_type=sa.Enum("x", "y", name="a_ck", '
        'native_enum=False, create_constraint=True, length=20), type_=sa.Enum("x", "y", "z", '
        'name="a_ck", native_enum=False, create_constraint=True, length=20))',
    ),
    Form(
        name="alter_column boolean check to integer",
        before='op.create_table("t", sa.Column("a", sa.SmallInteger()), sa.CheckConstraint('
        '"a IN (0, 1)", name="a_ck"))\n',
        on=("sqlite",),
        body='op.alter_column("t", "a", existing_type=sa.Boolean(create_constraint=True, '
        'name="a_ck"), type_=sa.Integer())',
    ),
    Form(
        name="alter_column server_default",
        body='op.alter_column("users", "age", server_default="8")',
    ),
    Form(
        name="alter_column server_default=None",
        body='op.alter_column("users", "age", server_default=None, existing_server_default="7")',
    ),
    Form(
        name="alter_column server_default expression",
        body='op.alter_column("users", "mail", server_default=sa.text("\'a\' || \'b\'"))',
    ),
    Form(
        name="alter_column server_default now()",
        on=("postgresql",),
        body='op.add_column("users", sa.Column("at", sa.DateTime()))\n'
        'op.alter_column("users", "at", server_default=sa.func.now())',
    ),
    Form(
        name="alter_column server_default identity",
        on=("postgresql",),
        body='op.alter_column("users", "id", server_default=sa.Identity(start=5))',
    ),
    Form(
        name="alter_column server_default identity dropped",
        on=("postgresql",),
        before='op.create_table("t", sa.Column("a", sa.Integer(), sa.Identity()))\n',
        body='op.alter_column("t", "a", server_default=None, '
        "existing_server_default=sa.Identity())",
    ),
    Form(
        name="alter_column server_default identity changed",
        on=("postgresql",),
        before='op.create_table("t", sa.Column("a", sa.Integer(), sa.Identity()))\n',
        body='op.alter_column("t", "a", server_default=sa.Identity(always=True, start=9), '
        "existing_server_default=sa.Identity())",
    ),
    Form(
        name="alter_column new_column_name",
        body='op.alter_column("users", "name", new_column_name="full_name")',
    ),
    Form(
        name="alter_column comment",
        on=("postgresql",),
        body='op.alter_column("users", "name", comment="it\'s a name", existing_comment=None)',
    ),
    Form(
        name="alter_column comment=None",
        on=("postgresql",),
        before='op.alter_column("users", "name", comment="x")\n',
        body='op.alter_column("users", "name", comment=None, existing_comment="x")',
    ),
    Form(
        name="alter_column everything",
        body='op.alter_column("users", "name", existing_type=sa.String(40), type_=sa.String(80), '
        'nullable=False, server_default="y", new_column_name="full_name")',
    ),
    Form(
        name="alter_column nothing",
        body='op.alter_column("users", "name", existing_type=sa.String(40))',
    ),
    Form(
        name="alter_column mysql_ and mssql_",
        body='op.alter_column("users", "age", nullable=False, mysql_existing_type=sa.Integer(), '
        "mssql_drop_default=True)",
    ),
    Form(
        name="alter_column typing errors",
        body='op.alter_column("users", "age", nullable=False, type=sa.Text(), '
        "existing_type_=sa.Text(), erxisting_type=sa.Text())",
    ),
    Form(
        name="alter_column autoincrement",
        body='op.alter_column("users", "age", nullable=False, autoincrement=True, '
        'existing_autoincrement="auto")',
    ),
    Form(
        name="alter_column schema",
        on=("postgresql",),
        before='op.execute("CREATE SCHEMA s1")\n'
        'op.create_table("t", sa.Column("a", sa.Integer()), schema="s1")\n',
        body='op.alter_column("t", "a", type_=sa.BigInteger(), nullable=False, '
        'new_column_name="b", schema="s1")',
    ),
    Form(
        name="alter_column to a native enum",
        on=("postgresql",),
        before="op.execute(\"CREATE TYPE mood AS ENUM ('ann', 'bob')\")\n",
        body='op.alter_column("users", "name", type_=sa.Enum("ann", "bob", name="mood"), '
        'postgresql_using="name::mood")',
    ),
    Form(
        name="drop_column with its check",
        before='op.create_table("t", sa.Column("a", sa.Integer()), sa.Column("b", sa.Enum('
        '"x", "y", native_enum=False, create_constraint=True, name="b_ck")))\n',
        body='op.drop_column("t", "b", existing_type=sa.Enum("x", "y", native_enum=False, '
        'create_constraint=True, name="b_ck"))',
    ),
    Form(
        name="add_column of another table",
        body='other = sa.Table("o", sa.MetaData(), sa.Column("x", sa.Integer(), '
        "server_default='3'))\n"
        'op.add_column("users", other.c.x)',
    ),
)
