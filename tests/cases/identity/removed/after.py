import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "invoices",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("note", sa.String(20)),
    sa.Column("number", sa.Integer, nullable=False),
)
