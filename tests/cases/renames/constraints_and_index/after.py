import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer),
    sa.Column("mail", sa.String(120)),
    sa.Column("boss_id", sa.Integer),
    sa.PrimaryKeyConstraint("id", name="pk_b"),
    sa.UniqueConstraint("mail", name="uq_b"),
    sa.CheckConstraint("id > 0", name="ck_b"),
    sa.ForeignKeyConstraint(["boss_id"], ["users.id"], name="fk_b"),
    sa.Index("ix_b", "mail", "id"),
)
