import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "people",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("last", sa.String(40)),
    sa.Column("first", sa.Integer),
    sa.Index("ix_people_last", "last"),
)
