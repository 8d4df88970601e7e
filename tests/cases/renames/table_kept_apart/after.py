import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "note",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("body", sa.Text),
    sa.Column("pinned", sa.Boolean),
)
