import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "tags",
    metadata,
    sa.Column("name", sa.String(20), primary_key=True),
)
