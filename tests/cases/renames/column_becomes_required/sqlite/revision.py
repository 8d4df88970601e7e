"""renames: column becomes required

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
    op.alter_column("users", "age", new_column_name="years")
    op.alter_column(
        "users",
        "years",
        existing_type=sa.Integer(),
        nullable=False,
        backfill=sa.text("0"),
    )


def downgrade():
    op.alter_column("users", "years", existing_type=sa.Integer(), nullable=True)
    op.alter_column("users", "years", new_column_name="age")
