"""renames: table kept apart

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
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("pinned", sa.Boolean()),
        sa.PrimaryKeyConstraint("id"),
    )
    # Lossy: dropping the table deletes its rows.
    op.drop_table("notes")


def downgrade():
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("pinned", sa.Boolean()),
        sa.PrimaryKeyConstraint("id", name="notes_pkey"),
    )
    # Lossy: dropping the table deletes its rows.
    op.drop_table("note")
