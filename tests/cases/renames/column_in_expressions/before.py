import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("price", sa.Integer, server_default="1"),
    sa.Column("amount", sa.Integer, server_default="1"),
    sa.Column("total", sa.Integer, sa.Computed("price * amount", persisted=True)),
    sa.CheckConstraint("price >= 0", name="ck_items_price"),
    sa.Index("ix_items_price", "price", "amount", unique=True),
    sa.Index(
        "ix_items_dear",
        "id",
        sqlite_where=sa.text("price > 100"),
        postgresql_where=sa.text("price > 100"),
    ),
)
