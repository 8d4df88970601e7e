import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "owners",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20)),
)
sa.Table(
    "pets",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("owner", sa.Integer),
    sa.ForeignKeyConstraint(["owner"], ["owners.id"], name="fk_owner", deferrable=True),
)
