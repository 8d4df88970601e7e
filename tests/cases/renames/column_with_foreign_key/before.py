import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table("users", metadata, sa.Column("id", sa.Integer, primary_key=True))
sa.Table(
    "posts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("user_id", sa.Integer),
    sa.Column("parent_id", sa.Integer),
    sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_posts_user", ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["parent_id"], ["posts.id"], name="fk_posts_parent"),
)
