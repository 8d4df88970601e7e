"""tags

Revision ID: 8e2f4a6b7c90
Revises: 1f0b8a3c5d21
Create Date: 2026-11-22 18:58:41.307989
"""

import sqlalchemy as sa
from flaskmig import op

revision = "8e2f4a6b7c90"
down_revision = "1f0b8a3c5d21"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tags"),
        sa.UniqueConstraint("name", name="uq_tags_name"),
    )
    op.create_table(
        "post_tags",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "tag_id", name="pk_post_tags"),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["posts.id"],
            name="fk_post_tags_post_id_posts",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"],
            ["tags.id"],
            name="fk_post_tags_tag_id_tags",
            ondelete="CASCADE",
        ),
    )


def downgrade():
    op.drop_table("post_tags")
    op.drop_table("tags")
