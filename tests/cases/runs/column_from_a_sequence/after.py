import sqlalchemy as sa

metadata = sa.MetaData()
numbers = sa.Sequence("numbers", metadata=metadata, start=100)
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
    sa.Column("number", sa.Integer, server_default=numbers.next_value(), nullable=False),
)
