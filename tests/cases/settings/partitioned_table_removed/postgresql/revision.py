"""settings: partitioned table removed

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
    # Lossy: dropping the table deletes its rows.
    op.drop_table("events")


def downgrade():
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.Text()),
        sa.PrimaryKeyConstraint("id", "day", name="events_pkey"),
        postgresql_partition_by="RANGE (day)",
    )
