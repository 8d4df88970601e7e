import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
)
sa.Sequence("tickets", minvalue=0, maxvalue=2000, start=0, metadata=metadata)
