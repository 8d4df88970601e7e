"""renames: columns swapped

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
    op.alter_column("people", "first", new_column_name="first_1")
    op.alter_column("people", "last", new_column_name="first")
    op.alter_column("people", "first_1", new_column_name="last")
    op.rename_index("ix_people_first", "ix_people_last", table_name="people")


def downgrade():
    op.rename_index("ix_people_last", "ix_people_first", table_name="people")
    op.alter_column("people", "last", new_column_name="first_1")
    op.alter_column("people", "first", new_column_name="last")
    op.alter_column("people", "first_1", new_column_name="first")
