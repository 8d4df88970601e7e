import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "kept_0",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
)
sa.Table(
    "kept_1",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
)
sa.Table(
    "kept_2",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
)
sa.Table(
    "kept_3",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
)
sa.Table(
    "kept_4",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
)
sa.Table(
    "kept_5",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
)
sa.Table(
    "kept_6",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
)
sa.Table(
    "kept_7",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
)
sa.Table(
    "kept_8",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
)
sa.Table(
    "t0",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer),
)
sa.Table(
    "t1",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("before", sa.Integer, sa.ForeignKey("t0.id")),
)
sa.Table(
    "t2",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("before", sa.Integer, sa.ForeignKey("t1.id")),
)
sa.Table(
    "t3",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("before", sa.Integer, sa.ForeignKey("t2.id")),
)
sa.Table(
    "t4",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("before", sa.Integer, sa.ForeignKey("t3.id")),
)
sa.Table(
    "t5",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("before", sa.Integer, sa.ForeignKey("t4.id")),
)
sa.Table(
    "t6",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("before", sa.Integer, sa.ForeignKey("t5.id")),
)
sa.Table(
    "t7",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("before", sa.Integer, sa.ForeignKey("t6.id")),
)
