"""renames: column with foreign key

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
    op.alter_column("posts", "user_id", new_column_name="author_id")
    op.alter_column("posts", "parent_id", new_column_name="thread_id")


def downgrade():
    op.alter_column("posts", "thread_id", new_column_name="parent_id")
    op.alter_column("posts", "author_id", new_column_name="user_id")
