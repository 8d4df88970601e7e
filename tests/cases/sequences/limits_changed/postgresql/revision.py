"""sequences: limits changed

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
    op.alter_sequence("tickets", minvalue=0, maxvalue=2000)


def downgrade():
    op.alter_sequence("tickets", minvalue=None, maxvalue=1000)
