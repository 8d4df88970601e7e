import sqlalchemy as sa

metadata = sa.MetaData()

numbers = sa.Sequence("counter", start=500, metadata=metadata)
sa.Table(
    "bills",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, server_default=numbers.next_value()),
)
