import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "nodes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "a", sa.Integer, sa.ForeignKey("nodes.id", ondelete="NO ACTION", onupdate="NO ACTION")
    ),
    sa.Column("b", sa.Integer, sa.ForeignKey("nodes.id", ondelete="set null")),
    sa.Column("c", sa.Integer, sa.ForeignKey("nodes.id", deferrable=True, initially="IMMEDIATE")),
    sa.Column("d", sa.Integer, sa.ForeignKey("nodes.id", deferrable=False)),
    sa.Column("e", sa.Integer, sa.ForeignKey("nodes.id", match="SIMPLE")),
)
