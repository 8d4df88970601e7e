import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20)),
    sa.UniqueConstraint("name", name="one_name", comment="no two alike"),
)
