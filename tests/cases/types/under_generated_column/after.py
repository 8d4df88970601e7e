import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("value", sa.BigInteger),
    sa.Column("twice", sa.Integer, sa.Computed("value * 2", persisted=True)),
)
