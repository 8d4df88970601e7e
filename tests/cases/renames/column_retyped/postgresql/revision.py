"""renames: column retyped

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
        type_=sa.BigInteger(),
        server_default="2",
    )


def downgrade():
    # Lossy: the change of type may change or refuse values.
    op.alter_column(
        "users",
        "years",
        existing_type=sa.BigInteger(),
        type_=sa.Integer(),
        server_default=sa.text("1"),
    )
    op.alter_column("users", "years", new_column_name="age")
