"""schemas: same name in two

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
    op.create_schema("app")
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20)),
        sa.PrimaryKeyConstraint("id"),
        schema="app",
    )
    op.create_index("ix_app_items_name", "items", ["name"], schema="app", unique=True)


def downgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("items", schema="app")
    op.drop_schema("app")
