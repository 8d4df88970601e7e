import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20)),
    sqlite_with_rowid=False,
)
