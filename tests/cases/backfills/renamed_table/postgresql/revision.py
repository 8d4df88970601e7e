"""backfills: renamed table

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
    op.rename_table("items", "things", default_names=True)
    op.add_column(
        "things",
        sa.Column("kind", sa.String(length=20), nullable=False),
        backfill=sa.text("'plain'"),
    )


def downgrade():
    # Lossy: dropping the column deletes its values.
    op.drop_column("things", "kind")
    op.rename_table("things", "items", default_names=True)
