import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a", sa.Float(10)),
    sa.Column("b", sa.Float(53)),
    sa.Column("c", sa.Float),
    sa.Column("d", sa.Double),
    sa.Column("e", sa.REAL),
)
