import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
)
sa.Table(
    "kinds",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("small", sa.SmallInteger, nullable=False),
    sa.Column("amount", sa.Numeric(12, 3)),
    sa.Column("ratio", sa.Float),
    sa.Column("double", sa.Double),
    sa.Column("flag", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("code", sa.CHAR(3)),
    sa.Column("name", sa.Unicode(40)),
    sa.Column("text", sa.UnicodeText),
    sa.Column("day", sa.Date),
    sa.Column("at", sa.DateTime(timezone=True)),
    sa.Column("hour", sa.Time),
    sa.Column("took", sa.Interval),
    sa.Column("data", sa.LargeBinary),
    sa.Column("document", sa.JSON, server_default=sa.text("'{}'")),
    sa.Column("key", sa.Uuid),
    sa.Column("mood", sa.Enum("sad", "ok", "it's", name="mood")),
)
