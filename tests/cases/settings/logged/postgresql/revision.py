"""settings: logged

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
    op.alter_table("items", postgresql_unlogged=None)


def downgrade():
    op.alter_table("items", postgresql_unlogged=True)
