import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "members",
    metadata,
    sa.Column("id", sa.Integer, nullable=False),
    sa.Column("tenant", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("id", deferrable=True, initially="DEFERRED"),
)
