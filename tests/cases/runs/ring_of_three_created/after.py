import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "a",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("b_id", sa.Integer, sa.ForeignKey("b.id", name="ab")),
    sa.Column("own", sa.Integer, sa.ForeignKey("a.id", name="aa")),
)
sa.Table(
    "b",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("c_id", sa.Integer, sa.ForeignKey("c.id", name="bc")),
)
sa.Table(
    "c",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a_id", sa.Integer, sa.ForeignKey("a.id", name="ca")),
)
