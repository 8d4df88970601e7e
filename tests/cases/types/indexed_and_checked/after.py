import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False, index=True),
    sa.CheckConstraint("value > 0", name="positive"),
    sa.UniqueConstraint("value", "id", name="both"),
)
