import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "people",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("first", sa.String(40)),
    sa.Column("last", sa.Integer),
    sa.Index("ix_people_first", "first"),
)
