"""schemas: quoted

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
    op.create_schema("My App")
    op.create_table(
        "Line Items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("Name", sa.String(length=20)),
        sa.PrimaryKeyConstraint("id"),
        schema="My App",
    )


def downgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("Line Items", schema="My App")
    op.drop_schema("My App")
