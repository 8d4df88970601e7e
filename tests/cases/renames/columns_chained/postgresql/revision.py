"""renames: columns chained

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
    op.alter_column("people", "last", new_column_name="age")
    op.alter_column("people", "first", new_column_name="last")


def downgrade():
    op.alter_column("people", "last", new_column_name="first")
    op.alter_column("people", "age", new_column_name="last")
