"""A forum in two schemas."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)  # fmt: skip

metadata = MetaData()

Table(
    "members", metadata,
    Column("id", Integer, primary_key=True),
    Column("nick", String(40), nullable=False, unique=True),
    Column("joined", DateTime),
    Column("karma", Integer, nullable=False, server_default="0"),
    Column("signature", Text),
    Column("invited_by", Integer, ForeignKey("members.id")),
)  # fmt: skip

Table(
    "boards", metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(60), nullable=False),
    Column("position", SmallInteger),
    Column("locked", Boolean, nullable=False, server_default="false"),
)  # fmt: skip

Table(
    "threads", metadata,
    Column("id", Integer, primary_key=True),
    Column("board_id", Integer, ForeignKey("boards.id"), nullable=False, index=True),
    Column("starter_id", Integer, ForeignKey("members.id"), nullable=False),
    Column("subject", String(150), nullable=False),
    Column("pinned", Boolean),
    Column("last_post_at", DateTime, index=True),
)  # fmt: skip

Table(
    "messages", metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", Integer, ForeignKey("threads.id"), nullable=False),
    Column("member_id", Integer, ForeignKey("members.id"), nullable=False),
    Column("content", Text, nullable=False),
    Column("sent_at", DateTime, nullable=False),
    Column("likes", Integer),
    Column("dislikes", Integer),
)  # fmt: skip

Table(
    "bans", metadata,
    Column("id", Integer, primary_key=True),
    Column("member_id", Integer, ForeignKey("members.id"), nullable=False),
    Column("reason", String(200)),
    Column("until", DateTime),
    schema="moderation",
)  # fmt: skip

Table(
    "reports", metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", Integer, ForeignKey("messages.id"), nullable=False),
    Column("reporter_id", Integer, ForeignKey("members.id"), nullable=False),
    Column("complaint", Text),
    Column("closed", Boolean),
    schema="moderation",
)  # fmt: skip
