import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

metadata = sa.MetaData()
sa.Table(
    "bookings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("room", sa.Integer),
    sa.Column("during", postgresql.TSRANGE),
    postgresql.ExcludeConstraint(("during", "&&"), using="gist"),
    postgresql.ExcludeConstraint(
        (sa.literal_column("int4range(room, room + 1)"), "&&"),
        ("during", "&&"),
        using="gist",
        name="both",
        where=sa.text("room > 1"),
        deferrable=True,
    ),
)
