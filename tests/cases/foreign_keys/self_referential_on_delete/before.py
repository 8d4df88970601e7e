import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "nodes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("parent", sa.Integer),
    sa.ForeignKeyConstraint(["parent"], ["nodes.id"], name="fk_parent"),
)
