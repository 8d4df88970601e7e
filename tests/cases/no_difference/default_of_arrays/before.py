import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a", postgresql.ARRAY(sa.Integer), server_default="{}"),
    sa.Column(
        "b", postgresql.ARRAY(sa.String(5)), server_default=sa.text("ARRAY['a', 'b']::varchar[]")
    ),
)
