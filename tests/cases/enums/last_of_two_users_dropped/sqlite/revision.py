"""enums: last of two users dropped

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
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "mood")
    # Lossy: dropping the column deletes its values.
    op.drop_column("people", "mood")


def downgrade():
    op.add_column("people", sa.Column("mood", sa.String(length=3)))
    op.add_column("items", sa.Column("mood", sa.String(length=3)))
