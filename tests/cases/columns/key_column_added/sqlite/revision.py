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
    op.drop_constraint(None, "items", type_="primary", columns=["id"])
    op.add_column("items", sa.Column("part", sa.Integer(), nullable=False, server_default="1"))
    op.create_primary_key(None, "items", ["id", "part"])


def downgrade():
    op.drop_constraint(None, "items", type_="primary", columns=["id", "part"])
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "part")
    op.create_primary_key(None, "items", ["id"])
