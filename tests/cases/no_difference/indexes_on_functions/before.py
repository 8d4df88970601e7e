import sqlalchemy as sa

metadata = sa.MetaData()
things = sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
    sa.Column("s", sa.String(20)),
)
sa.Index("lower_s", sa.func.lower(things.c.s))
sa.Index("either", sa.func.coalesce(things.c.n, 0), things.c.s.desc())
sa.Index("doubled", things.c.n * 2)
