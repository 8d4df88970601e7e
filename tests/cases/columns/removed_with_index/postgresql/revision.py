"""columns: removed with index

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
    op.drop_index("by_kind", table_name="items")
    op.drop_index("ix_items_note", table_name="items")
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "kind")
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "note")


def downgrade():
    op.add_column("items", sa.Column("note", sa.String(length=20)))
    op.add_column("items", sa.Column("kind", sa.String(length=20)))
    op.create_index("ix_items_note", "items", ["note"], unique=True)
    op.create_index("by_kind", "items", ["kind", "name"])
