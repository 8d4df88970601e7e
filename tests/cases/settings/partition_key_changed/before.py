import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("what", sa.Text),
    postgresql_partition_by="RANGE (day)",
)
