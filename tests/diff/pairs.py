"""Models before and after a release, and rows for them: what any two sides are tried with."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import flaskmig


def before(database: str) -> sa.MetaData:
    """The models of the older release."""
    metadata = sa.MetaData()
    _users(metadata, sa.String(40), "role IN ('admin', 'member')", "lower(mail)")
    sa.Table(
        "posts",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.ForeignKey("users.id", name="posts_user_id_fkey")),
        sa.Column("state", sa.Enum("draft", "published", name="state"), nullable=False),
        sa.Column("body", sa.Text, server_default="it's"),
    )
    sa.Table("drafts", metadata, sa.Column("id", sa.Integer, primary_key=True))
    _declared(metadata, "role <> 'admin'", "1")
    if database == "postgresql":
        sa.Sequence("tickets", metadata=metadata, start=7)
    return metadata


def after(database: str) -> sa.MetaData:
    """Those of the newer one: something added, dropped and changed of each kind."""
    metadata = sa.MetaData()
    _users(metadata, sa.String(80), "role IN ('admin', 'guest', 'member')", "upper(mail)")
    sa.Table(
        "posts",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "user_id", sa.ForeignKey("users.id", name="posts_user_id_fkey", ondelete="CASCADE")
        ),
        sa.Column("state", sa.Enum("draft", "published", "gone", name="state"), nullable=False),
        sa.Column("body", sa.Text, server_default="nothing"),
        sa.Column("stars", sa.Integer, server_default=sa.text("1 + 1"), nullable=False),
        sa.UniqueConstraint("user_id", "stars", name="posts_user_id_stars_key"),
    )
    sa.Table(
        "tags",
        metadata,
        sa.Column("post_id", sa.ForeignKey("posts.id", name="tags_post_id_fkey"), primary_key=True),
        sa.Column("name", sa.String(20), primary_key=True),
        sa.CheckConstraint("length(name) > 1 AND name <> 'none'", name="tags_name_check"),
    )
    _declared(metadata, "role IN ('guest', 'member')", "2")
    flaskmig.View("hidden", "SELECT id FROM members", metadata)
    if database == "postgresql":
        sa.Sequence("tickets", metadata=metadata, start=7, increment=5)
    return metadata


def _declared(metadata: sa.MetaData, condition: str, number: str) -> None:
    flaskmig.View("members", f"SELECT id, mail FROM users WHERE {condition}", metadata)
    flaskmig.View("kept", "SELECT  count(*) AS number FROM posts", metadata)
    flaskmig.Function(
        f"CREATE FUNCTION answer() RETURNS integer LANGUAGE sql AS 'SELECT {number}'", metadata
    )


def _users(metadata: sa.MetaData, mail: Any, roles: str, lookup: str) -> None:
    sa.Table(
        "users",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mail", mail, nullable=False),
        sa.Column("role", sa.String(10), server_default="member"),
        sa.Column("since", sa.DateTime, server_default=sa.func.current_timestamp()),
        sa.CheckConstraint(roles, name="users_role_check"),
        sa.Index("ix_users_lookup", sa.text(lookup), unique=True),
    )


ROWS = {
    "users": [
        {"id": 1, "mail": "ada@example.org", "role": "admin"},
        {"id": 2, "mail": "Grace@example.org", "role": "member"},
    ],
    "posts": [
        {"id": 1, "user_id": 1, "state": "draft", "body": "50% of: it's"},
        {"id": 2, "user_id": 2, "state": "published", "body": None},
    ],
}


def fill(engine: sa.Engine) -> None:
    """Put rows into the tables that both releases have."""
    with engine.begin() as connection:
        for name, given in ROWS.items():
            table = sa.table(name, *(sa.column(column) for column in given[0]))
            connection.execute(table.insert(), given)


def rows(engine: sa.Engine) -> dict[str, list[dict[str, Any]]]:
    """What is left of those rows, in the columns that they were given."""
    found = {}
    with engine.connect() as connection:
        for name, given in ROWS.items():
            columns = ", ".join(given[0])
            selected = connection.exec_driver_sql(f"SELECT {columns} FROM {name} ORDER BY id")
            found[name] = [dict(row._mapping) for row in selected]
    return found
