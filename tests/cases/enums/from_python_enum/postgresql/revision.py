"""enums: from python enum

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

from flaskmig import op

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    op.alter_enum("mood", ["SAD", "OK", "GREAT"], existing_values=["SAD", "OK"])


def downgrade():
    # Lossy: the enum loses a value; a row that has it stops this.
    op.alter_enum("mood", ["SAD", "OK"], existing_values=["SAD", "OK", "GREAT"])
