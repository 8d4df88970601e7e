import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "books",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("number", sa.String(13)),
    sa.Column("title", sa.Text),
    sa.UniqueConstraint("number", name="uq_books"),
)
sa.Table(
    "loans",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("book", sa.String(13)),
    sa.ForeignKeyConstraint(["book"], ["books.number"], name="fk_loans_book"),
)
