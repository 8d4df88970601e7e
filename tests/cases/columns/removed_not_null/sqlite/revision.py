"""columns: removed not null

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
    op.drop_column("items", "kind")


def downgrade():
    op.irreversible(
        "items.kind is NOT NULL, and nothing says what the rows get that are there",
        table="items",
    )
    op.add_column("items", sa.Column("kind", sa.String(length=20), nullable=False))
