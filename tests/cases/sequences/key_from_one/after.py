import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
)
sa.Table(
    "people",
    metadata,
    sa.Column("id", sa.Integer, sa.Sequence("people_numbers", start=1000), primary_key=True),
)
