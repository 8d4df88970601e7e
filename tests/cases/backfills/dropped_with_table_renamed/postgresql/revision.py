"""backfills: dropped with table renamed

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
    # Lossy: dropping the column deletes its values.
    op.drop_column("things", "kind")


def downgrade():
    op.irreversible(
        "things.kind is NOT NULL, and nothing says what the rows get that are there",
        table="things",
    )
    op.add_column("things", sa.Column("kind", sa.String(length=20), nullable=False))
    op.rename_table("things", "items", default_names=True)
