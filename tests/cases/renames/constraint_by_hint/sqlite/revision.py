"""renames: constraint by hint

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
    op.rename_constraint("uq_a", "uq_b", "users", type_="unique")
    op.rename_index("ix_a", "ix_b", table_name="users")


def downgrade():
    op.rename_index("ix_b", "ix_a", table_name="users")
    op.rename_constraint("uq_b", "uq_a", "users", type_="unique")
