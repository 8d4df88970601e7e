import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
)
sa.Table(
    "posts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False, index=True),
    sa.Column("title", sa.String(120), unique=True),
)
sa.Table(
    "comments",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("post_id", sa.Integer, sa.ForeignKey("posts.id", ondelete="CASCADE")),
    sa.Column("answer_to", sa.Integer, sa.ForeignKey("comments.id")),
    sa.Column("body", sa.Text, nullable=False),
    sa.CheckConstraint("length(body) > 0", name="has_body"),
    sa.Index("by_post", "post_id", "id"),
)
sa.Table(
    "likes",
    metadata,
    sa.Column("user_id", sa.ForeignKey("users.id"), primary_key=True),
    sa.Column("post_id", sa.ForeignKey("posts.id"), primary_key=True),
    sa.Column("at", sa.DateTime, server_default=sa.func.now()),
)
sa.Table("cities", metadata, sa.Column("id", sa.Integer, primary_key=True))
sa.Table("rivers", metadata, sa.Column("id", sa.Integer, primary_key=True))
sa.Table("streets", metadata, sa.Column("id", sa.Integer, primary_key=True))
