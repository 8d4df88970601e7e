"""columns: default becomes expression

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
    op.alter_column("items", "at", existing_type=sa.DateTime(), server_default=sa.func.now())


def downgrade():
    op.alter_column("items", "at", existing_type=sa.DateTime(), server_default=None)
