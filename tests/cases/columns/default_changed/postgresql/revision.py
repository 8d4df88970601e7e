"""columns: default changed

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
    op.alter_column("items", "count", existing_type=sa.Integer(), server_default="8")


def downgrade():
    op.alter_column("items", "count", existing_type=sa.Integer(), server_default=sa.text("7"))
