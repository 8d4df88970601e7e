"""columns: key column added

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
    op.drop_constraint("items_pkey", "items", type_="primary")
    op.alter_column(
        "items",
        "id",
        existing_type=sa.Integer(),
        autoincrement=False,
        existing_autoincrement=True,
    )
    op.add_column("items", sa.Column("part", sa.Integer(), nullable=False, server_default="1"))
    op.create_primary_key(None, "items", ["id", "part"])


def downgrade():
    op.drop_constraint(None, "items", type_="primary", columns=["id", "part"])
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "part")
    op.alter_column(
        "items",
        "id",
        existing_type=sa.Integer(),
        autoincrement=True,
        existing_autoincrement=False,
    )
    op.create_primary_key("items_pkey", "items", ["id"])
