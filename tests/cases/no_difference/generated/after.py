import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "boxes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("w", sa.Integer),
    sa.Column("name", sa.String(20)),
    sa.Column("area", sa.Integer, sa.Computed("w * 2 + 1", persisted=True)),
    sa.Column(
        "label", sa.String(40), sa.Computed("coalesce(name, 'it''s') || '!'", persisted=True)
    ),
)
