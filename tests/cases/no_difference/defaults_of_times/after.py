import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a", sa.DateTime, server_default=sa.func.now()),
    sa.Column("b", sa.DateTime, server_default=sa.text("CURRENT_TIMESTAMP")),
    sa.Column("c", sa.Date, server_default=sa.func.current_date()),
    sa.Column("d", sa.Date, server_default="2024-02-29"),
    sa.Column("e", sa.DateTime(timezone=True), server_default=sa.func.now()),
    sa.Column("f", sa.Time, server_default="12:00:00"),
)
