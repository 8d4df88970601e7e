import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("a", sa.Integer),
    sa.Column("b", sa.String(10), unique=True),
    sa.Column("c", sa.Integer, index=True),
)
