import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a", sa.Integer, server_default="0"),
    sa.Column("b", sa.Integer, server_default=sa.text("-1")),
    sa.Column("c", sa.Numeric(10, 2), server_default="1.50"),
    sa.Column("d", sa.Float, server_default=sa.text("1e3")),
    sa.Column("e", sa.BigInteger, server_default=sa.text("2")),
    sa.Column("f", sa.Boolean, server_default=sa.true()),
    sa.Column("g", sa.Boolean, server_default="0"),
    sa.Column("h", sa.Boolean, server_default=sa.false()),
)
