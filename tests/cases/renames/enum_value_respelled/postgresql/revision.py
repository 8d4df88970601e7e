"""renames: enum value respelled

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
    # Taken for a rename: same place among the values, names alike.
    op.rename_enum_value("mood", "fine", "FINE")
    # Taken for a rename: same place among the values, names alike.
    op.rename_enum_value("mood", "happy", "HAPPY")
    # Taken for a rename: same place among the values, names alike.
    op.rename_enum_value("mood", "sad", "SAD")


def downgrade():
    op.rename_enum_value("mood", "SAD", "sad")
    op.rename_enum_value("mood", "HAPPY", "happy")
    op.rename_enum_value("mood", "FINE", "fine")
