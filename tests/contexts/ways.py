"""Ways to a second connection, as revision files go them."""

from __future__ import annotations

from tests.contexts.files import Files

T = """
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("n", sa.Integer()))
op.execute("INSERT INTO t (id) VALUES (1)")
engine = op.get_bind().engine
insert = sa.text("INSERT INTO t (id) VALUES (:id)")
"""
OURS = {"alembic_version", "flaskmig_journal"}


def ids(files: Files) -> list[int]:
    """The rows of table t."""
    return [row[0] for row in files.query("SELECT id FROM t ORDER BY id")]


# Each adds the row 2, on a table that nobody else can see yet.
WAYS = {
    "begun": "with engine.begin() as other:\n    other.execute(insert, {'id': 2})",
    "committed": """
with engine.connect() as other:
    other.execute(insert, {"id": 2})
    other.commit()""",
    "session": """
with Session(engine) as session:
    session.execute(insert, {"id": 2})
    session.commit()""",
    "session in a block": """
with Session(engine) as session, session.begin():
    session.execute(insert, {"id": 2})
    with session.begin_nested() as nested:
        session.execute(insert, {"id": 3})
        nested.rollback()""",
    "sessionmaker": """
session = sessionmaker(engine)()
session.execute(sa.select(sa.text("*")).select_from(sa.table("t"))).all()
session.execute(insert, {"id": 2})
session.commit()
session.close()""",
    "an engine of its own": """
own = sa.create_engine(engine.url)
with own.begin() as other:
    assert sa.inspect(other).has_table("t")
    other.execute(insert, {"id": 2})
own.dispose()""",
    "autocommit": """
with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as other:
    other.execute(insert, {"id": 2})
    try:
        other.execute(insert, {"id": 2})
    except sa.exc.IntegrityError:
        pass""",
    "models": """
metadata = sa.MetaData()
u = sa.Table("u", metadata, sa.Column("id", sa.Integer, primary_key=True))
metadata.create_all(engine)
op.bulk_insert(u, [{"id": 2}])
op.execute("INSERT INTO t (id) SELECT id FROM u")""",
    "inspector": """
assert [column["name"] for column in sa.inspect(engine).get_columns("t")] == ["id", "n"]
op.execute("INSERT INTO t (id) VALUES (2)")""",
    "driver": """
raw = engine.raw_connection()
cursor = raw.cursor()
cursor.execute("INSERT INTO t (id) VALUES (2)")
assert cursor.rowcount == 1
cursor.close()
raw.commit()
raw.close()""",
    "driver's words": """
raw = engine.raw_connection()
cursor = raw.cursor()
for sql in ("BEGIN", "INSERT INTO t (id) VALUES (2)", "COMMIT"):
    cursor.execute(sql)
cursor.execute("SELECT count(*) FROM t")
assert list(cursor) == [(2,)]
raw.close()""",
    "what it did not commit": """
op.execute("INSERT INTO t (id) VALUES (2)")
with engine.connect() as other:
    other.execute(insert, {"id": 7})
with Session(engine) as session:
    session.execute(insert, {"id": 8})
    session.rollback()
try:
    with engine.begin() as other:
        other.execute(insert, {"id": 9})
        other.execute(insert, {"id": 1})
except sa.exc.IntegrityError:
    pass""",
    "errors in between": """
with engine.connect() as other:
    try:
        other.execute(sa.text("SELECT * FROM nope"))
    except sa.exc.DBAPIError:
        pass
    op.execute("INSERT INTO t (id) VALUES (2)")
    assert other.execute(sa.text("SELECT count(*) FROM t")).scalar() == 2""",
    "two at once": """
with engine.connect() as one, engine.connect() as two:
    one.execute(sa.text("SELECT 1"))
    two.execute(insert, {"id": 2})
    one.execute(sa.text("SELECT 1"))
    two.commit()
    one.rollback()""",
    "reading beside writing": """
with Session(engine) as session:
    session.execute(sa.text("WITH x AS (SELECT 1) SELECT * FROM x")).all()
    op.execute("INSERT INTO t (id) VALUES (2)")
    op.add_column("t", sa.Column("more", sa.Integer()))
    session.rollback()""",
    "beside savepoints": """
bind = op.get_bind()
with bind.begin_nested():
    with engine.begin() as other:
        other.execute(insert, {"id": 2})
try:
    with bind.begin_nested():
        bind.execute(insert, {"id": 5})
        raise KeyError
except KeyError:
    pass""",
}
