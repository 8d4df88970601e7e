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
    op.drop_constraint(
        None,
        "posts",
        type_="foreignkey",
        columns=["user_id"],
        referent_table="users",
        referent_columns=["id"],
    )
    op.alter_column("posts", "user_id", existing_type=sa.Integer(), type_=sa.String(length=20))
    op.alter_column("users", "id", existing_type=sa.Integer(), type_=sa.String(length=20))
    op.create_foreign_key(None, "posts", "users", ["user_id"], ["id"])


def downgrade():
    op.drop_constraint(
        None,
        "posts",
        type_="foreignkey",
        columns=["user_id"],
        referent_table="users",
        referent_columns=["id"],
    )
    op.alter_column("users", "id", existing_type=sa.String(length=20), type_=sa.Integer())
    op.alter_column("posts", "user_id", existing_type=sa.String(length=20), type_=sa.Integer())
    op.create_foreign_key(None, "posts", "users", ["user_id"], ["id"])
