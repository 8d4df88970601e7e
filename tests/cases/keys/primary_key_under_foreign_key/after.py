import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "members",
    metadata,
    sa.Column("id", sa.Integer, nullable=False),
    sa.Column("tenant", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("id", "tenant"),
    sa.UniqueConstraint("id", name="members_id"),
)
sa.Table(
    "notes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("member", sa.Integer),
    sa.ForeignKeyConstraint(["member"], ["members.id"], name="notes_member"),
)
