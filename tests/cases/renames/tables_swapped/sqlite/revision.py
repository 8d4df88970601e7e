"""renames: tables swapped

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

from flaskmig import op

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    op.rename_table("users", "users_1", default_names=True)
    op.rename_table("posts", "users", default_names=True)
    op.rename_table("users_1", "posts", default_names=True)
    op.rename_index("ix_users_age", "ix_posts_age", table_name="posts")


def downgrade():
    op.rename_index("ix_posts_age", "ix_users_age", table_name="posts")
    op.rename_table("posts", "users_1", default_names=True)
    op.rename_table("users", "posts", default_names=True)
    op.rename_table("users_1", "users", default_names=True)
