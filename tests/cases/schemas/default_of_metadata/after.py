import sqlalchemy as sa

metadata = sa.MetaData(schema="app")
sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
)
