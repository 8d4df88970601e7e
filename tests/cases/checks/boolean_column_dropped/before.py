import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "flags",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("on", sa.Boolean(create_constraint=True, name="is_boolean")),
)
