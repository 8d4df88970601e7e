import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a", sa.Boolean(create_constraint=True)),
    sa.Column("b", sa.Boolean(create_constraint=True, name="b_is_boolean")),
)
