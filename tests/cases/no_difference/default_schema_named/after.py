import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "things",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("parent", sa.Integer, sa.ForeignKey("public.things.id")),
    sa.Column("mood", sa.Enum("a", "b", name="mood", schema="public")),
    schema="public",
)
