import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer),
    sa.Column("mail", sa.String(120)),
    sa.Column("boss_id", sa.Integer),
    sa.PrimaryKeyConstraint("id", name="pk_a"),
    sa.UniqueConstraint("mail", name="uq_a"),
    sa.CheckConstraint("id > 0", name="ck_a"),
    sa.ForeignKeyConstraint(["boss_id"], ["users.id"], name="fk_a"),
    sa.Index("ix_a", "mail", "id"),
)
