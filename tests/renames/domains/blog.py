"""A blog, names left to the database."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip

metadata = MetaData()

Table(
    "users", metadata,
    Column("id", Integer, primary_key=True),
    Column("username", String(64), nullable=False, unique=True),
    Column("email", String(120), unique=True, index=True),
    Column("password_hash", String(128)),
    Column("about_me", String(140)),
    Column("last_seen", DateTime),
    Column("active", Boolean),
)  # fmt: skip

Table(
    "posts", metadata,
    Column("id", Integer, primary_key=True),
    Column("title", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("timestamp", DateTime, index=True),
    Column("user_id", Integer, ForeignKey("users.id"), nullable=False),
    Column("state", Enum("draft", "review", "published", name="post_state")),
    Column("views", Integer),
)  # fmt: skip

Table(
    "comments", metadata,
    Column("id", Integer, primary_key=True),
    Column("post_id", Integer, ForeignKey("posts.id"), nullable=False),
    Column("author_name", String(64)),
    Column("text", Text, nullable=False),
    Column("created", DateTime),
    Column("approved", Boolean),
)  # fmt: skip

Table(
    "tags", metadata,
    Column("id", Integer, primary_key=True),
    Column("label", String(40), nullable=False, unique=True),
)  # fmt: skip

Table(
    "post_tags", metadata,
    Column("post_id", Integer, ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", Integer, ForeignKey("tags.id"), primary_key=True),
)  # fmt: skip

Table(
    "followers", metadata,
    Column("follower_id", Integer, ForeignKey("users.id"), nullable=False),
    Column("followed_id", Integer, ForeignKey("users.id"), nullable=False),
    Column("since", Date),
    UniqueConstraint("follower_id", "followed_id", name="one_follow"),
)  # fmt: skip
