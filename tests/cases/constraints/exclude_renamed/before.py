import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

metadata = sa.MetaData()
sa.Table(
    "bookings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("during", postgresql.INT4RANGE),
    sa.Column("room", postgresql.INT4RANGE),
    postgresql.ExcludeConstraint(("during", "&&"), name="no_overlap", using="gist"),
)
