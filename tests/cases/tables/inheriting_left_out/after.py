import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20)),
)
sa.Table(
    "special",
    metadata,
    sa.Column("extra", sa.Integer),
    postgresql_inherits="items",
    info={"skip_autogenerate": True},
)
