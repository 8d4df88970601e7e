import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "a",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(always=True, start=5, increment=2), primary_key=True),
    sa.Column("note", sa.String(20)),
)
sa.Table(
    "b",
    metadata,
    sa.Column(
        "id",
        sa.BigInteger,
        sa.Identity(minvalue=1, maxvalue=1000, cache=5, cycle=True),
        primary_key=True,
    ),
    sa.Column("note", sa.String(20)),
)
sa.Table(
    "c",
    metadata,
    sa.Column("id", sa.SmallInteger, sa.Identity(increment=-1), primary_key=True),
    sa.Column("note", sa.String(20)),
)
