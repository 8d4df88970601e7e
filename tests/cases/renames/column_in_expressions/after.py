import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("cost", sa.Integer, server_default="1"),
    sa.Column("amount", sa.Integer, server_default="1"),
    sa.Column("total", sa.Integer, sa.Computed("cost * amount", persisted=True)),
    sa.CheckConstraint("cost >= 0", name="ck_items_price"),
    sa.Index("ix_items_price", "cost", "amount", unique=True),
    sa.Index(
        "ix_items_dear",
        "id",
        sqlite_where=sa.text("cost > 100"),
        postgresql_where=sa.text("cost > 100"),
    ),
)
