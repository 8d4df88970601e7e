import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
)
sa.Sequence("tickets", start=-1, increment=-1, metadata=metadata)
