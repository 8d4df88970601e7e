import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "owners",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
)

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
)
