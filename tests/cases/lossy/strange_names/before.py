import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
)

sa.Table(
    "a\n    op.drop_table('items')  # \u202e",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
)
