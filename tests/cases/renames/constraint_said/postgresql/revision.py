"""renames: constraint said

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
    op.drop_constraint("uq_a", "users", type_="unique")
    op.create_unique_constraint("uq_b", "users", ["mail", "boss_id"])


def downgrade():
    op.drop_constraint("uq_b", "users", type_="unique")
    op.create_unique_constraint("uq_a", "users", ["mail"])
