import sqlalchemy as sa

metadata = sa.MetaData()

sa.Sequence("unused", metadata=metadata)
sa.Sequence("tickets", metadata=metadata)
sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("number", sa.BigInteger, server_default=sa.text("nextval('tickets')")),
)
