import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "accounts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("mail", sa.String(120), unique=True, nullable=False),
    sa.Column("years", sa.BigInteger, index=True),
    sa.Column("note", sa.Text),
    sa.Column("boss_id", sa.ForeignKey("accounts.id")),
    sa.CheckConstraint("years > 0"),
)
sa.Table(
    "posts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("user_id", sa.ForeignKey("accounts.id", ondelete="CASCADE")),
    sa.Column("title", sa.Text),
)
