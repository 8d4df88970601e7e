import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "boxes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("width", sa.Integer),
    sa.Column("area", sa.Integer, sa.Computed("width * 3", persisted=True)),
    sa.Index("ix_area", "area"),
    sa.CheckConstraint("area < 1000", name="k"),
)
