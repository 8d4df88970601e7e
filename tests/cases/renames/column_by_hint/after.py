import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("mail", sa.String(120)),
    sa.Column("years", sa.Integer, info={"renamed_from": "age"}),
    sa.UniqueConstraint("mail", name="uq_users_mail"),
)
