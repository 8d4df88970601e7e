"""Revisions that have every kind of operation between them, on tables with rows.

Each has what stands there first, an upgrade, and a downgrade that leads back to where the upgrade
can be run again. Changes of values are such that to do them twice would show.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

USERS = """
op.create_table(
    "users",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("points", sa.Integer(), server_default="1"),
    sa.Column("note", sa.Text()),
    sa.CheckConstraint("points < 1000000", name="few"),
)
op.create_table(
    "posts",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("user_id", sa.Integer()),
    sa.Column("title", sa.String(80)),
    sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="writer", ondelete="CASCADE"),
)
op.create_index("users_name", "users", ["name"])
op.execute("INSERT INTO users (id, name, points, note) VALUES (1, 'ann', 1, 'a')")
op.execute("INSERT INTO users (id, name, points, note) VALUES (2, 'bob', 2, NULL)")
op.execute("INSERT INTO users (id, name, points, note) VALUES (3, 'O''Hara \u00e9', 3, '100 %')")
op.execute("INSERT INTO posts (id, user_id, title) VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 3, 'z')")
"""


@dataclass(frozen=True)
class Kind:
    """One revision to be killed in; ``first`` is the body of the revision before it."""

    upgrade: str
    downgrade: str
    first: str = USERS


_TABLES = Kind(
    """
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("posts.id"), index=True),
    )
    op.bulk_insert(
        sa.table("tags", sa.column("id", sa.Integer), sa.column("post_id", sa.Integer)),
        [{"id": n, "post_id": n} for n in (1, 2, 3)],
    )
    op.rename_table("posts", "articles")
    op.execute("UPDATE users SET points = points * 2")
    op.drop_table("tags")
    """,
    """
    op.execute("UPDATE users SET points = points / 2")
    op.rename_table("articles", "posts")
    op.create_table("old", sa.Column("id", sa.Integer(), primary_key=True))
    op.drop_table("old")
    """,
)
_COLUMNS = Kind(
    """
    op.add_column("users", sa.Column("age", sa.Integer()))
    op.add_column("users", sa.Column("kind", sa.String(9), nullable=False, server_default="x"))
    op.add_column("posts", sa.Column("n", sa.Integer(), nullable=False), backfill=sa.text("id * 2"))
    op.execute("UPDATE users SET age = points, points = points + 10")
    op.alter_column("users", "name", new_column_name="full_name")
    op.alter_column("posts", "title", existing_type=sa.String(80), type_=sa.Text(), nullable=False)
    op.alter_column("users", "points", existing_type=sa.Integer(), server_default="7")
    """,
    """
    op.alter_column("users", "points", existing_type=sa.Integer(), server_default="1")
    op.alter_column("posts", "title", existing_type=sa.Text(), type_=sa.String(80), nullable=True)
    op.alter_column("users", "full_name", new_column_name="name")
    op.execute("UPDATE users SET points = points - 10")
    op.drop_column("posts", "n")
    op.drop_column("users", "kind")
    op.drop_column("users", "age")
    """,
)
_CONSTRAINTS = Kind(
    """
    op.create_unique_constraint("one_name", "users", ["name"])
    op.create_check_constraint("positive", "users", "points > 0")
    op.drop_constraint("few", "users", type_="check")
    op.drop_constraint("writer", "posts", type_="foreignkey")
    op.create_foreign_key("author", "posts", "users", ["user_id"], ["id"])
    op.create_unique_constraint("one_title", "posts", ["user_id", "title"])
    op.rename_constraint("one_title", "title_once", "posts")
    """,
    """
    op.drop_constraint("title_once", "posts", type_="unique")
    op.drop_constraint("author", "posts", type_="foreignkey")
    op.create_foreign_key("writer", "posts", "users", ["user_id"], ["id"], ondelete="CASCADE")
    op.create_check_constraint("few", "users", "points < 1000000")
    op.drop_constraint("positive", "users", type_="check")
    op.drop_constraint("one_name", "users", type_="unique")
    """,
)
_INDEXES = Kind(
    """
    op.create_index("posts_title", "posts", ["title", sa.text("lower(title)")])
    op.create_index("users_points", "users", ["points"], unique=True)
    op.rename_index("users_name", "users_by_name", "users")
    op.drop_index("users_points", "users")
    """,
    """
    op.rename_index("users_by_name", "users_name", "users")
    op.drop_index("posts_title", "posts")
    """,
)
_VIEWS = Kind(
    """
    op.create_view("many", "SELECT id, name FROM users WHERE points > 1")
    op.create_view("some", "SELECT id FROM many")
    op.drop_view("some")
    op.create_view("many", "SELECT id, name FROM users WHERE points > 2", replace=True)
    """,
    """
    op.create_view("many", "SELECT id, name FROM users WHERE points > 1", replace=True)
    op.drop_view("many")
    """,
)

BOTH = {
    "tables": _TABLES,
    "columns": _COLUMNS,
    "constraints": _CONSTRAINTS,
    "indexes": _INDEXES,
    "views": _VIEWS,
}


def body(text: str) -> str:
    """The lines of a function, without the indentation that they have here."""
    return dedent(text).strip()
