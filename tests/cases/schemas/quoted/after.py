import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
)
sa.Table(
    "Line Items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("Name", sa.String(20)),
    schema="My App",
)
