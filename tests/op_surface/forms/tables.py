"""create_table, drop_table, rename_table, and comments of tables."""

from __future__ import annotations

import sqlalchemy as sa

from tests.capabilities import TABLE_STRICT, TABLE_WITH, knows
from tests.op_surface.form import Form

_SCHEMA = 'op.execute("CREATE SCHEMA s1")\n'

FORMS = (
    Form(
        name="create_table",
        body='op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), '
        'sa.Column("name", sa.String(9), nullable=False, server_default="x"), '
        'sa.Column("at", sa.DateTime(), server_default=sa.func.now()), '
        'sa.PrimaryKeyConstraint("id"), sa.UniqueConstraint("name", name="t_name"))',
    ),
    Form(
        name="create_table by keyword",
        body='op.create_table(table_name="t", schema=None, comment=None, info={"a": 1}, '
        "if_not_exists=None)",
        peer={
            "sqlite": 'op.create_table("t", schema=None)',
            "postgresql": 'op.create_table("t", schema=None)',
        },
        on=("postgresql",),
    ),
    Form(
        name="create_table with columns' own words",
        body='op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), '
        'sa.Column("a", sa.Integer(), index=True), sa.Column("b", sa.Integer(), unique=True), '
        'sa.Column("u", sa.Integer(), sa.ForeignKey("users.id", ondelete="SET NULL")), '
        'sa.Column("p", sa.Integer(), sa.ForeignKey("posts.id", name="t_p")), '
        'sa.Column("c", sa.Integer(), sa.CheckConstraint("c > 0", name="c_ck")))',
    ),
    Form(
        name="create_table with constraints",
        before='op.create_table("other", sa.Column("a", sa.Integer()), '
        'sa.Column("b", sa.Integer()), sa.UniqueConstraint("a", "b", name="ab"))\n',
        body='op.create_table("t", sa.Column("a", sa.Integer(), nullable=False), '
        'sa.Column("b", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("a", "b", '
        'name="t_pk"), sa.ForeignKeyConstraint(["a", "b"], ["other.a", "other.b"], name="t_fk", '
        'onupdate="CASCADE", ondelete="CASCADE", deferrable=True, initially="DEFERRED", '
        'use_alter=False), sa.CheckConstraint("a > b", name="t_ck"), '
        'sa.UniqueConstraint("b"), sa.Index("t_ix", "a", "b"))',
    ),
    Form(
        name="create_table referring to itself",
        body='op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), '
        'sa.Column("up", sa.Integer(), sa.ForeignKey("t.id")))',
    ),
    Form(
        name="create_table schema",
        on=("postgresql",),
        before=_SCHEMA,
        body='op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), '
        'sa.Column("u", sa.Integer(), sa.ForeignKey("users.id")), schema="s1")\n'
        'op.create_table("v", sa.Column("t", sa.Integer(), sa.ForeignKey("s1.t.id")), schema="s1")',
    ),
    Form(
        name="create_table comment",
        body='op.create_table("t", sa.Column("a", sa.Integer(), comment="an \'a\'"), '
        'comment="it\'s t")',
    ),
    Form(
        name="create_table if_not_exists",
        body='op.create_table("t", sa.Column("a", sa.Integer()), if_not_exists=True)\n'
        'op.create_table("users", sa.Column("z", sa.Integer()), if_not_exists=True)',
    ),
    Form(
        name="create_table mysql_",
        body='op.create_table("t", sa.Column("a", sa.Integer()), mysql_engine="InnoDB", '
        'mysql_charset="utf8", mysql_DEFAULT_CHARSET="utf8", mysql_ENGINE="InnoDB", '
        "postgresql_ignore_search_path=True, extend_existing=True, quote=None)",
    ),
    Form(
        name="create_table prefixes",
        body='op.create_table("t", sa.Column("a", sa.Integer()), prefixes=["UNLOGGED"])',
        on=("postgresql",),
    ),
    Form(
        name="create_table prefixes temporary",
        body='op.create_table("t", sa.Column("a", sa.Integer()), prefixes=["TEMPORARY"])\n'
        'op.execute("INSERT INTO t VALUES (1)")',
    ),
    Form(
        name="create_table postgresql_with and tablespace",
        is_sayable=TABLE_WITH,
        on=("postgresql",),
        body='op.create_table("t", sa.Column("a", sa.Integer()), '
        'postgresql_with={"fillfactor": 70})',
    ),
    Form(
        name="create_table postgresql_partition_by",
        on=("postgresql",),
        body='op.create_table("t", sa.Column("a", sa.Integer()), '
        'postgresql_partition_by="RANGE (a)")',
    ),
    Form(
        name="create_table postgresql_inherits",
        on=("postgresql",),
        body='op.create_table("t", sa.Column("a", sa.Integer()), postgresql_inherits="users")',
    ),
    Form(
        name="create_table postgresql_using",
        is_sayable=knows(sa.Table, "postgresql_using"),
        on=("postgresql",),
        body='op.create_table("t", sa.Column("a", sa.Integer()), postgresql_using="heap")',
    ),
    Form(
        name="create_table postgresql_on_commit",
        on=("postgresql",),
        body='op.create_table("t", sa.Column("a", sa.Integer()), prefixes=["TEMPORARY"], '
        'postgresql_on_commit="DROP")',
    ),
    Form(
        name="create_table sqlite_strict sqlite_with_rowid",
        is_sayable=TABLE_STRICT,
        on=("sqlite",),
        body='op.create_table("t", sa.Column("a", sa.Integer(), primary_key=True), '
        "sqlite_strict=True, sqlite_with_rowid=False)",
    ),
    Form(
        name="create_table sqlite_autoincrement",
        on=("sqlite",),
        body='op.create_table("t", sa.Column("a", sa.Integer(), primary_key=True), '
        "sqlite_autoincrement=True)",
    ),
    Form(
        name="create_table native enum",
        body='op.create_table("t", sa.Column("a", sa.Enum("x", "y", name="mood")))\n'
        'op.create_table("v", sa.Column("a", sa.Enum("x", "y", name="mood")))',
    ),
    Form(
        name="create_table postgresql.ENUM create_type=False",
        on=("postgresql",),
        before="op.execute(\"CREATE TYPE mood AS ENUM ('x', 'y')\")\n",
        body='op.create_table("t", sa.Column("a", '
        'postgresql.ENUM("x", "y", name="mood", create_type=False)))',
    ),
    Form(
        name="create_table native enum made by SQL",
        on=("postgresql",),
        before="op.execute(\"CREATE TYPE mood AS ENUM ('x', 'y')\")\n"
        "op.execute(\"CREATE TYPE s1.feel AS ENUM ('x')\")\n".replace("s1.", "public."),
        body='op.create_table("t", sa.Column("a", '
        'postgresql.ENUM("x", "y", name="mood", create_type=False)), '
        'sa.Column("b", postgresql.ENUM("x", name="feel", create_type=False)))',
    ),
    Form(
        name="create_table enum in an array",
        on=("postgresql",),
        body='op.create_table("t", sa.Column("a", '
        'postgresql.ARRAY(sa.Enum("x", "y", name="mood"))))',
    ),
    Form(
        name="create_table enum in a schema",
        on=("postgresql",),
        before=_SCHEMA,
        body='op.create_table("t", sa.Column("a", sa.Enum("x", "y", name="mood", schema="s1")))',
    ),
    Form(
        name="create_table sequence",
        on=("postgresql",),
        body='op.create_table("t", sa.Column("a", sa.Integer(), '
        'server_default=sa.text("1")), sa.Column("b", sa.BigInteger(), primary_key=True))',
    ),
    Form(
        name="create_table autoincrement=False",
        body='op.create_table("t", sa.Column("a", sa.Integer(), primary_key=True, '
        'autoincrement=False), sa.Column("b", sa.BigInteger()))',
    ),
    Form(
        name="create_table boolean and enum checks",
        body='op.create_table("t", sa.Column("a", sa.Boolean(create_constraint=True, '
        'name="a_ck")), sa.Column("b", sa.Enum("x", "y", native_enum=False, '
        'create_constraint=True, name="b_ck")), sa.Column("c", sa.Boolean()))',
    ),
    Form(
        name="create_table identity and computed",
        on=("postgresql",),
        body='op.create_table("t", sa.Column("a", sa.Integer(), sa.Identity(always=True)), '
        'sa.Column("b", sa.Integer(), sa.Computed("a + 1", persisted=True)))',
    ),
    Form(
        name="create_table exclude constraint",
        on=("postgresql",),
        body='op.create_table("t", sa.Column("a", sa.Integer()), '
        'postgresql.ExcludeConstraint((sa.column("a"), "="), name="ex", using="btree"))',
    ),
    Form(
        name="create_table types",
        on=("postgresql",),
        body='op.create_table("t", sa.Column("a", postgresql.UUID(as_uuid=True), '
        'server_default=sa.text("gen_random_uuid()")), sa.Column("b", postgresql.JSONB(), '
        "server_default='{}'), "
        'sa.Column("c", postgresql.ARRAY(sa.Text())), sa.Column("d", postgresql.TIMESTAMP('
        'timezone=True, precision=3)), sa.Column("e", sa.Numeric(10, 2)), '
        'sa.Column("f", sa.LargeBinary()), sa.Column("g", postgresql.INET()), '
        'sa.Column("h", postgresql.DOUBLE_PRECISION(precision=53)), '
        'sa.Column("i", sa.Text(collation="C")), sa.Column("j", sa.Interval()), '
        'sa.Column("k", postgresql.TSVECTOR()), sa.Column("l", sa.Unicode(3)))',
    ),
    Form(
        name="create_table default text with percent and colon",
        body='op.create_table("t", sa.Column("a", sa.Text(), server_default="100%:x"), '
        'sa.Column("b", sa.Text(), server_default=sa.text("\'50%\\\\:y\'")))',
    ),
    Form(
        name="create_table returns the table",
        body='t = op.create_table("t", sa.Column("a", sa.Integer()), sa.Column("b", sa.Text()))\n'
        'op.bulk_insert(t, [{"a": 1, "b": "x"}, {"a": 2, "b": "it\'s"}])\n'
        'op.execute(t.update().where(t.c.a == op.inline_literal(2)).values(b="y"))',
    ),
    Form(
        name="create_table names that need quotes",
        body='op.create_table("Order", sa.Column("select", sa.Integer()), '
        'sa.Column("Mixed Case", sa.Integer(), index=True))',
    ),
    Form(name="drop_table", body='op.drop_table("posts")'),
    Form(name="drop_table by keyword", body='op.drop_table(table_name="posts", schema=None)'),
    Form(
        name="drop_table other keywords",
        body='op.drop_table("posts", mysql_engine="InnoDB", info={"a": 1}, comment="c", '
        "prefixes=[])",
    ),
    Form(
        name="drop_table if_exists",
        body='op.drop_table("posts", if_exists=True)\nop.drop_table("nope", if_exists=True)',
    ),
    Form(
        name="drop_table schema",
        on=("postgresql",),
        before=_SCHEMA + 'op.create_table("t", sa.Column("a", sa.Integer()), schema="s1")\n',
        body='op.drop_table("t", schema="s1")',
    ),
    Form(
        name="drop_table with its enum",
        on=("postgresql",),
        before='op.create_table("t", sa.Column("a", sa.Enum("x", "y", name="mood")))\n',
        body='op.drop_table("t")',
    ),
    Form(name="rename_table", body='op.rename_table("users", "people")'),
    Form(
        name="rename_table by keyword",
        body='op.rename_table(old_table_name="users", new_table_name="people", schema=None)',
    ),
    Form(
        name="rename_table schema",
        on=("postgresql",),
        before=_SCHEMA + 'op.create_table("t", sa.Column("a", sa.Integer()), schema="s1")\n',
        body='op.rename_table("t", "u", schema="s1")',
    ),
    Form(name="create_table_comment", body='op.create_table_comment("users", "it\'s users")'),
    Form(
        name="create_table_comment existing_comment schema",
        on=("postgresql",),
        before=_SCHEMA
        + 'op.create_table("t", sa.Column("a", sa.Integer()), schema="s1", comment="old")\n',
        body='op.create_table_comment("t", "new", existing_comment="old", schema="s1")',
    ),
    Form(
        name="create_table_comment by keyword",
        body='op.create_table_comment(table_name="users", comment="x", existing_comment=None)',
    ),
    Form(
        name="drop_table_comment",
        on=("postgresql",),
        before='op.create_table_comment("users", "x")\n',
        body='op.drop_table_comment("users", existing_comment="x", schema=None)',
    ),
    Form(
        name="create_table from another table",
        body='other = sa.Table("o", sa.MetaData(), sa.Column("x", sa.Integer()), '
        'sa.Column("y", sa.Integer()), '
        'sa.UniqueConstraint("x", name="ux"), sa.CheckConstraint("y > 0", name="cy"))\n'
        "made = sorted(other.constraints, key=lambda each: str(each.name))\n"
        'op.create_table("t", *other.columns, *made)',
    ),
    Form(
        name="create_table use_alter",
        body='op.create_table("t", sa.Column("a", sa.Integer()), '
        'sa.ForeignKeyConstraint(["a"], ["users.id"], name="fk", use_alter=True))',
    ),
    Form(
        name="create_table sequence made by SQL",
        on=("postgresql",),
        body='op.execute(sa.schema.CreateSequence(sa.Sequence("s")))\n'
        'op.create_table("t", sa.Column("a", sa.Integer(), sa.Sequence("s"), '
        'server_default=sa.Sequence("s").next_value()))',
    ),
    Form(
        name="create_table Sequence default",
        on=("postgresql",),
        before='op.execute("CREATE SEQUENCE s")\n',
        body='op.create_table("t", sa.Column("a", sa.Integer(), sa.Sequence("s"), '
        "primary_key=True))",
    ),
    Form(
        name="rename_table that others refer to",
        before='op.create_table("t", sa.Column("u", sa.Integer(), sa.ForeignKey("users.id")))\n',
        body='op.rename_table("users", "people")\nop.create_index("ix", "people", ["name"])',
    ),
)
