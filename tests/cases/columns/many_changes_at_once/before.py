import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("gone", sa.Integer),
    sa.Column("name", sa.String(80)),
    sa.Column("count", sa.Integer, server_default="1"),
    sa.Column("kind", sa.String(5), nullable=False),
)
