import sqlalchemy as sa

metadata = sa.MetaData()
t = sa.Table(
    "Order Items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("from", sa.Integer),
    sa.Column("Straße", sa.String(5)),
    sa.Column("per%cent", sa.Integer),
    sa.UniqueConstraint("from", "per%cent", name="Uq %"),
    sa.CheckConstraint('"from" > 0', name="Ck it's"),
)
sa.Index("Ix x", t.c["Straße"])
