import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "mood",
        sa.Enum("glad", "it's", "100%", name="mood", native_enum=False, create_constraint=True),
    ),
    sa.Column("other", sa.Enum("a", "b", native_enum=False, create_constraint=True)),
    sa.Column("free", sa.Enum("a", "b", native_enum=False)),
)
