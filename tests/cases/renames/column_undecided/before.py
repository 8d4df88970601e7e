import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("mail", sa.String(120)),
    sa.Column("age", sa.Integer),
    sa.UniqueConstraint("mail", name="uq_users_mail"),
)
