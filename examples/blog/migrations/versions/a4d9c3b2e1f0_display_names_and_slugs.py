"""display names and slugs

Revision ID: a4d9c3b2e1f0
Revises: 8e2f4a6b7c90
Create Date: 2026-11-22 18:58:45.324292

Both columns are NOT NULL and the tables have rows: they are added nullable, filled from
what is there, and then closed. `flask db migrate` wrote the rest.
"""

import sqlalchemy as sa
from flaskmig import op

revision = "a4d9c3b2e1f0"
down_revision = "8e2f4a6b7c90"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("posts", sa.Column("slug", sa.String(length=200)))
    op.execute("UPDATE posts SET slug = lower(replace(title, ' ', '-')) || '-' || id")
    op.alter_column("posts", "slug", existing_type=sa.String(length=200), nullable=False)
    op.create_check_constraint(
        op.f("ck_posts_slug_not_empty"), "posts", sa.text("length(slug) > 0")
    )
    op.create_unique_constraint("uq_posts_slug", "posts", ["slug"])
    op.add_column("users", sa.Column("display_name", sa.String(length=161)))
    op.execute("UPDATE users SET display_name = first_name || ' ' || last_name")
    op.alter_column("users", "display_name", existing_type=sa.String(length=161), nullable=False)


def downgrade():
    op.drop_column("users", "display_name")
    op.drop_constraint("uq_posts_slug", "posts", type_="unique")
    op.drop_constraint(op.f("ck_posts_slug_not_empty"), "posts", type_="check")
    op.drop_column("posts", "slug")
