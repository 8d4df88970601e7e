import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a", sa.DECIMAL(10, 2)),
    sa.Column("b", sa.NUMERIC(10)),
    sa.Column("c", sa.Numeric),
    sa.Column("d", sa.VARCHAR),
    sa.Column("e", sa.CHAR(3)),
    sa.Column("f", sa.Unicode(5)),
    sa.Column("g", sa.UnicodeText),
    sa.Column("h", sa.SmallInteger),
    sa.Column("i", sa.LargeBinary),
    sa.Column("j", sa.Interval),
    sa.Column("k", sa.DateTime(timezone=True)),
    sa.Column("l", sa.Uuid),
    sa.Column("m", sa.Boolean),
    sa.Column("o", sa.Text),
)
