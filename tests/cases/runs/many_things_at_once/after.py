import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "owners",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(40)),
    sa.UniqueConstraint("name", name="uq_name"),
)
sa.Table(
    "vets",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20)),
    sa.Column("mood", sa.Enum("glad", "sad", name="mood")),
)
sa.Table(
    "pets",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("owner_id", sa.Integer, sa.ForeignKey("owners.id", ondelete="CASCADE")),
    sa.Column("vet_id", sa.Integer, sa.ForeignKey("vets.id")),
    sa.Column("mood", sa.Enum("glad", "sad", name="mood")),
    sa.Column("kind", sa.String(10)),
    sa.Index("ix_kind", "kind", "vet_id"),
)
