import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a", sa.JSON, server_default="{}"),
    sa.Column("b", sa.JSON, server_default='[1, {"k": "its"}]'),
    sa.Column("c", sa.JSON, server_default=sa.text("'{}'")),
)
