import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "places",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("country", sa.Integer),
    sa.Column("city", sa.Integer),
    sa.UniqueConstraint("country", "city", name="uq_place"),
)
sa.Table(
    "people",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("country", sa.Integer),
    sa.Column("city", sa.Integer),
)
