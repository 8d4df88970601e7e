import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True, server_default="1"),
    sa.Column("name", sa.String(80), nullable=False),
)
