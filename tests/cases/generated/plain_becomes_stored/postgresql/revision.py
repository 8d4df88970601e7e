"""generated: plain becomes stored

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
    op.drop_column("boxes", "area")
    op.add_column(
        "boxes",
        sa.Column("area", sa.Integer(), sa.Computed("width * 2", persisted=True)),
    )


def downgrade():
    op.drop_column("boxes", "area")
    op.add_column("boxes", sa.Column("area", sa.Integer()))
