import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("mail", sa.String(120), unique=True, nullable=False),
    sa.Column("age", sa.Integer, index=True),
    sa.Column("boss_id", sa.ForeignKey("users.id")),
    sa.CheckConstraint("age > 0"),
)
sa.Table(
    "posts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id", ondelete="CASCADE")),
    sa.Column("title", sa.Text),
)
