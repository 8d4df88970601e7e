"""generated: stored becomes plain

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
    op.alter_column(
        "boxes",
        "area",
        existing_type=sa.Integer(),
        server_default=None,
        existing_server_default=sa.Computed("width * 2", persisted=True),
    )


def downgrade():
    # Lossy: the values of the column are replaced by computed ones.
    op.alter_column(
        "boxes",
        "area",
        existing_type=sa.Integer(),
        server_default=sa.Computed("width * 2", persisted=True),
    )
