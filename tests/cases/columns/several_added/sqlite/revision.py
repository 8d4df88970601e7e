"""columns: several added

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
    op.add_column("items", sa.Column("a", sa.Integer()))
    op.add_column("items", sa.Column("b", sa.String(length=10)))
    op.add_column("items", sa.Column("c", sa.Integer()))
    op.create_unique_constraint(None, "items", ["b"])
    op.create_index("ix_items_c", "items", ["c"])


def downgrade():
    op.drop_index("ix_items_c", table_name="items")
    op.drop_constraint(None, "items", type_="unique", columns=["b"])
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "c")
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "b")
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "a")
