import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("value", postgresql.INTERVAL(fields="DAY TO SECOND")),
)
