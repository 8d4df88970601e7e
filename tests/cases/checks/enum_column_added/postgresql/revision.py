"""checks: enum column added

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
    op.add_column(
        "people",
        sa.Column("mood", sa.Enum("glad", "sad", name="mood", native_enum=False)),
    )
    op.create_check_constraint("mood", "people", sa.text("mood IN ('glad', 'sad')"))


def downgrade():
    op.drop_constraint("mood", "people", type_="check")
    # Lossy: dropping the column deletes its values.
    op.drop_column("people", "mood")
