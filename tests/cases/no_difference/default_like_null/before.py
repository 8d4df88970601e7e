import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("s", sa.String(20), server_default="NULL"),
    sa.Column("x", sa.Text, server_default="NULL"),
)
