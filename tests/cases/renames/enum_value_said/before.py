import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "pets",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("mood", sa.Enum("sad", "fine", "happy", name="mood"), server_default="sad"),
)
