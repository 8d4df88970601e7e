import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a", sa.Integer),
    sa.Column("b", sa.Integer),
    sa.UniqueConstraint("a", name="uq", postgresql_nulls_not_distinct=True),
)
