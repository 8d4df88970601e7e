"""comments

Revision ID: 5c7d1e9a0b34
Revises: 1f0b8a3c5d21
Create Date: 2026-11-22 18:58:37.488359
"""

import sqlalchemy as sa
from flaskmig import op

revision = "5c7d1e9a0b34"
down_revision = "1f0b8a3c5d21"
branch_labels = "comments"
depends_on = None


def upgrade():
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer()),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["comments.id"],
            name="fk_comments_parent_id_comments",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["posts.id"],
            name="fk_comments_post_id_posts",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_comments_post_id", "comments", ["post_id"])


def downgrade():
    op.drop_table("comments")
