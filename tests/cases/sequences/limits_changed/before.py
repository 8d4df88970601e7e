import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
)
sa.Sequence("tickets", minvalue=1, maxvalue=1000, metadata=metadata)
