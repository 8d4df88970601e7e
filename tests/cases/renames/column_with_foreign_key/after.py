import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table("users", metadata, sa.Column("id", sa.Integer, primary_key=True))
sa.Table(
    "posts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("author_id", sa.Integer),
    sa.Column("thread_id", sa.Integer),
    sa.ForeignKeyConstraint(["author_id"], ["users.id"], name="fk_posts_user", ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["thread_id"], ["posts.id"], name="fk_posts_parent"),
)
