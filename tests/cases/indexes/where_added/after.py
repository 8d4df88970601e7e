import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
    sa.Column("s", sa.String(20)),
    sa.Index("ix_n", "n", sqlite_where=sa.text("n > 1"), postgresql_where=sa.text("n > 1")),
)
