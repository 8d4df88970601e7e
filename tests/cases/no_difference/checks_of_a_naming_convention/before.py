import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(column_0_label)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer, unique=True, index=True),
    sa.Column("on", sa.Boolean(create_constraint=True, name="on")),
    sa.Column("mood", sa.Enum("a", "b", name="mood", native_enum=False, create_constraint=True)),
    sa.Column("parent", sa.Integer, sa.ForeignKey("things.id")),
    sa.CheckConstraint("n > 0", name="positive"),
)
