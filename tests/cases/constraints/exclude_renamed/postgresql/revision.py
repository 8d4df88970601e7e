"""constraints: exclude renamed

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
    op.rename_constraint("no_overlap", "other", "bookings", type_="exclude")


def downgrade():
    op.rename_constraint("other", "no_overlap", "bookings", type_="exclude")
