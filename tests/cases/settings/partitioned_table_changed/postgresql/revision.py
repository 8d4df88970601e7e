"""settings: partitioned table changed

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
    # Lossy: the change of type may change or refuse values.
    op.alter_column("events", "what", existing_type=sa.Text(), type_=sa.String(length=50))
    op.create_index("ix_events_what", "events", ["what"])


def downgrade():
    op.drop_index("ix_events_what", table_name="events")
    op.alter_column("events", "what", existing_type=sa.String(length=50), type_=sa.Text())
