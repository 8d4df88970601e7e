"""tables: unlike in place

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
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120)),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("title"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"]),
    )
    op.create_index("ix_posts_user_id", "posts", ["user_id"])
    # Lossy: dropping the table deletes its rows.
    op.drop_table("notes")


def downgrade():
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="notes_pkey"),
    )
    # Lossy: dropping the table deletes its rows.
    op.drop_table("posts")
