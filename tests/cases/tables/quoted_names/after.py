import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
)
sa.Table(
    "line items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("select", sa.String(10), nullable=False),
    sa.Column('say "it"', sa.Integer, unique=True),
    sa.Column("größe", sa.Integer),
    sa.Column("50%", sa.Integer, index=True),
)
