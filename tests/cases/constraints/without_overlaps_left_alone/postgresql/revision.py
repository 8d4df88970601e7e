"""constraints: without overlaps left alone

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
    op.add_column("bookings", sa.Column("note", sa.String(length=20)))


def downgrade():
    # Lossy: dropping the column deletes its values.
    op.drop_column("bookings", "note")
