"""schemas: changed in one

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
        "items",
        "name",
        existing_type=sa.String(length=20),
        type_=sa.String(length=30),
        nullable=False,
        backfill=sa.text("'none'"),
        schema="app",
    )
    op.create_index("ix_app_items_name", "items", ["name"], schema="app")


def downgrade():
    op.drop_index("ix_app_items_name", table_name="items", schema="app")
    # Lossy: the change of type may change or refuse values.
    op.alter_column(
        "items",
        "name",
        existing_type=sa.String(length=30),
        type_=sa.String(length=20),
        nullable=True,
        schema="app",
    )
