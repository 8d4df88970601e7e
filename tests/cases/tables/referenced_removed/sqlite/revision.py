"""tables: referenced removed

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

import sqlalchemy as sa
from flaskmig import op

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_constraint(
        None,
        "posts",
        type_="foreignkey",
        columns=["user_id"],
        referent_table="users",
        referent_columns=["id"],
    )
    op.drop_index("ix_posts_user_id", table_name="posts")
    # Lossy: dropping the column deletes its values.
    op.drop_column("posts", "user_id")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("users")


def downgrade():
    op.irreversible(
        "posts.user_id is NOT NULL, and nothing says what the rows get that are there",
        table="posts",
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.add_column("posts", sa.Column("user_id", sa.Integer(), nullable=False))
    op.create_index("ix_posts_user_id", "posts", ["user_id"])
    op.create_foreign_key(None, "posts", "users", ["user_id"], ["id"])
