import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "people",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "mood", sa.Enum("glad", "sad", name="mood", native_enum=False, create_constraint=True)
    ),
)
