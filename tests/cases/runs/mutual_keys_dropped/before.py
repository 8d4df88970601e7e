import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "kept",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
)
sa.Table(
    "a",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("b_id", sa.Integer, sa.ForeignKey("b.id", name="a_to_b")),
)
sa.Table(
    "b",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a_id", sa.Integer, sa.ForeignKey("a.id", name="b_to_a")),
)
