import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "boxes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("width", sa.Integer),
    sa.Column("area", sa.Integer, nullable=False),
)
