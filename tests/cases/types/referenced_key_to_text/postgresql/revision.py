"""types: referenced key to text

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
    op.drop_constraint("posts_user_id_fkey", "posts", type_="foreignkey")
    op.alter_column("posts", "user_id", existing_type=sa.Integer(), type_=sa.String(length=20))
    op.alter_column(
        "users",
        "id",
        existing_type=sa.Integer(),
        type_=sa.String(length=20),
        autoincrement=False,
        existing_autoincrement=True,
    )
    op.create_foreign_key("posts_user_id_fkey", "posts", "users", ["user_id"], ["id"])


def downgrade():
    op.drop_constraint("posts_user_id_fkey", "posts", type_="foreignkey")
    # Lossy: values are read as integers: '0007' becomes 7.
    op.alter_column(
        "users",
        "id",
        existing_type=sa.String(length=20),
        type_=sa.Integer(),
        autoincrement=True,
        existing_autoincrement=False,
        postgresql_using='"id"::integer',
    )
    # Lossy: values are read as integers: '0007' becomes 7.
    op.alter_column(
        "posts",
        "user_id",
        existing_type=sa.String(length=20),
        type_=sa.Integer(),
        postgresql_using='"user_id"::integer',
    )
    op.create_foreign_key("posts_user_id_fkey", "posts", "users", ["user_id"], ["id"])
