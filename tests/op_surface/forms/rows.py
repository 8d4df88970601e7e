"""execute, bulk_insert, inline_literal."""

from __future__ import annotations

from tests.op_surface.form import Form

_T = (
    't = sa.table("users", sa.column("id", sa.Integer), sa.column("name", sa.String), '
    'sa.column("age", sa.Integer))\n'
)
_TYPED = (
    'op.create_table("typed", sa.Column("id", sa.Integer()), sa.Column("at", sa.DateTime()), '
    'sa.Column("day", sa.Date()), sa.Column("ok", sa.Boolean()), '
    'sa.Column("price", sa.Numeric(10, 2)))\n'
)

FORMS = (
    Form(name="execute", body='op.execute("UPDATE users SET age = age + 1 WHERE id = 1")'),
    Form(
        name="execute by keyword",
        body='op.execute(sqltext="UPDATE users SET age = 2", execution_options=None)',
    ),
    Form(
        name="execute execution_options",
        body='op.execute("UPDATE users SET age = 2", execution_options={"no_parameters": True})',
    ),
    Form(
        name="execute percent and colon",
        body="op.execute(\"UPDATE users SET name = '100%', mail = 'a\\\\:b'\")\n"
        "op.execute(\"UPDATE users SET name = 'x' WHERE name LIKE '%y'\")",
    ),
    Form(
        name="execute text with parameters",
        body='op.execute(sa.text("UPDATE users SET age = :age").bindparams(age=5))\n'
        'op.execute(sa.text("UPDATE users SET name = :n").bindparams('
        'sa.bindparam("n", "it\'s", sa.String)))',
    ),
    Form(
        name="execute update insert delete",
        body=_T + "op.execute(t.update().where(t.c.id == 1).values(name='b', age=t.c.age + 1))\n"
        'op.execute(t.insert().values(id=2, name="it\'s 100%", age=None))\n'
        "op.execute(sa.delete(t).where(t.c.name == 'b'))",
    ),
    Form(
        name="execute insert from select",
        body=_T + "op.execute(t.insert().from_select(['id', 'name'], "
        "sa.select(t.c.id + 1, t.c.name)))",
    ),
    Form(
        name="execute inline_literal",
        body=_T + "op.execute(t.update().where(t.c.name == op.inline_literal('ann')).values("
        "{'name': op.inline_literal(\"o'x\"), 'age': op.inline_literal(4)}))",
    ),
    Form(
        name="inline_literal with a type",
        body=_T + "op.execute(t.update().values(age=op.inline_literal(4, sa.Integer()), "
        "name=op.inline_literal(value='z', type_=sa.String())))",
    ),
    Form(
        name="execute a DDL element",
        body='op.execute(sa.schema.CreateIndex(sa.Index("ix", sa.Table("users", sa.MetaData(), '
        'sa.Column("name", sa.String())).c.name)))\n'
        'op.execute(sa.DDL("CREATE INDEX iy ON users (age)"))',
    ),
    Form(
        name="bulk_insert",
        body=_T + 'op.bulk_insert(t, [{"id": 2, "name": "bob", "age": 1}, '
        '{"id": 3, "name": "it\'s 100% :x", "age": None}])',
    ),
    Form(
        name="bulk_insert by keyword",
        body=_T + 'op.bulk_insert(table=t, rows=[{"id": 2, "name": "bob", "age": 1}], '
        "multiinsert=True)",
    ),
    Form(
        name="bulk_insert multiinsert=False",
        body=_T + 'op.bulk_insert(t, [{"id": 2, "name": op.inline_literal("bob")}, '
        '{"id": 3, "name": sa.func.upper("eve"), "age": 4}], multiinsert=False)',
    ),
    Form(
        name="bulk_insert nothing",
        body=_T + "op.bulk_insert(t, [])",
    ),
    Form(
        name="bulk_insert into a Table",
        body='t = sa.Table("users", sa.MetaData(), sa.Column("id", sa.Integer, '
        'primary_key=True), sa.Column("name", sa.String(40)))\n'
        'op.bulk_insert(t, [{"id": 5, "name": "eve"}])',
    ),
    Form(
        name="bulk_insert with Python defaults",
        body='t = sa.Table("users", sa.MetaData(), sa.Column("id", sa.Integer, '
        'primary_key=True), sa.Column("name", sa.String(40), default="dflt"))\n'
        'op.bulk_insert(t, [{"id": 5}, {"id": 6}])',
    ),
    Form(
        name="bulk_insert dates and numbers",
        before=_TYPED,
        body="import datetime, decimal\n"
        't = sa.table("typed", sa.column("id", sa.Integer), sa.column("at", sa.DateTime), '
        'sa.column("day", sa.Date), sa.column("ok", sa.Boolean), '
        'sa.column("price", sa.Numeric(10, 2)))\n'
        'op.bulk_insert(t, [{"id": 1, "at": datetime.datetime(2020, 1, 2, 3, 4, 5), '
        '"day": datetime.date(2020, 1, 2), "ok": True, "price": decimal.Decimal("9.50")}])',
    ),
    Form(
        name="bulk_insert without types",
        body='t = sa.table("users", sa.column("id"), sa.column("name"))\n'
        'op.bulk_insert(t, [{"id": 2, "name": "it\'s"}, {"id": 3, "name": None}])',
    ),
    Form(
        name="bulk_insert JSON, UUID, enum and time",
        before='op.create_table("d", sa.Column("a", sa.JSON()), sa.Column("b", sa.Uuid()), '
        'sa.Column("c", sa.Enum("x", "y", name="xy")), sa.Column("e", sa.Time()))\n',
        body="import uuid, datetime\n"
        't = sa.table("d", sa.column("a", sa.JSON), sa.column("b", sa.Uuid), '
        'sa.column("c", sa.Enum("x", "y", name="xy")), sa.column("e", sa.Time))\n'
        'op.bulk_insert(t, [{"a": {"k": [1, "it\'s 100%"]}, "b": uuid.UUID(int=5), "c": "x", '
        '"e": datetime.time(1, 2, 3)}])',
    ),
    Form(
        name="execute values a script has to write",
        body='t = sa.table("users", sa.column("id"), sa.column("name"), sa.column("age"))\n'
        'op.execute(t.update().where(t.c.id.in_([1, 2])).values(name="o\'x", '
        'age=sa.cast(op.inline_literal("5"), sa.Integer)))\n'
        'op.execute(sa.text("UPDATE users SET age = :a WHERE id IN (1)").bindparams('
        'sa.bindparam("a", 4, type_=sa.Integer)))',
    ),
)
