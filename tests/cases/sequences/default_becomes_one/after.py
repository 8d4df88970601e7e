import sqlalchemy as sa

metadata = sa.MetaData()

tickets = sa.Sequence("tickets", metadata=metadata)
sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("number", sa.BigInteger, tickets, server_default=tickets.next_value()),
)
