import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "owners",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20)),
    sa.UniqueConstraint("name", name="uq_name"),
)
sa.Table(
    "pets",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("owner", sa.Integer),
    sa.Column("owner_name", sa.String(20)),
    sa.ForeignKeyConstraint(["owner_name"], ["owners.name"], name="fk_name"),
)
