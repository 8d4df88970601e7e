import sqlalchemy as sa

metadata = sa.MetaData()
numbers = sa.Sequence("numbers", metadata=metadata)
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer, server_default=numbers.next_value()),
)
