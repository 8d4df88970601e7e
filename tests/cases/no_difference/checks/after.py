import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
    sa.Column("s", sa.String(20)),
    sa.CheckConstraint("(n > 1) = (id > 1)"),
    sa.CheckConstraint("length(s) > 0 AND NOT (n = 3)"),
    sa.CheckConstraint("n BETWEEN 1 AND 10"),
    sa.CheckConstraint("n IS NOT NULL OR s <> ''"),
    sa.CheckConstraint("s IN ('a', 'b''c')", name="in_list"),
    sa.CheckConstraint("s LIKE 'a%'"),
)
