import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("count", sa.BigInteger),
    sa.Column("kind", sa.Text),
    sa.Column("at", sa.Date, unique=True),
)
