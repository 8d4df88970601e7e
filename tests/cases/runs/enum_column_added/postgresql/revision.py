"""runs: enum column added

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

import sqlalchemy as sa
from flaskmig import op
from sqlalchemy.dialects import postgresql

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    op.create_enum("mood", ["glad", "sad"])
    op.add_column(
        "people",
        sa.Column("mood", postgresql.ENUM("glad", "sad", name="mood", create_type=False)),
    )


def downgrade():
    # Lossy: dropping the column deletes its values.
    op.drop_column("people", "mood")
    op.drop_enum("mood")
