import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "owners",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
)
sa.Table(
    "pets",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("owner_id", sa.Integer),
    sa.Column("tag", sa.Integer),
)
