import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("mood", sa.Enum("glad", "sad", name="mood"), server_default="glad"),
    sa.Column("odd", sa.Enum("it's", "100%", name="odd"), server_default="it's"),
)
