import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "suspensions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("reason", sa.String(200), unique=True),
    schema="moderation",
)
sa.Table("rules", metadata, sa.Column("id", sa.Integer, primary_key=True), schema="moderation")
