import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("mood", sa.Enum("sad", "ok", "happy", name="mood")),
    sa.Index("by_mood", "mood"),
    sa.CheckConstraint("mood <> 'sad' OR id > 0", name="not_sad"),
    sa.UniqueConstraint("id", "mood", name="both"),
)
