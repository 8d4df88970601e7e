"""enums: column added with default

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
    op.create_enum("mood", ["sad", "ok"])
    op.add_column(
        "items",
        sa.Column(
            "mood",
            postgresql.ENUM("sad", "ok", name="mood", create_type=False),
            nullable=False,
            server_default="sad",
        ),
    )


def downgrade():
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "mood")
    op.drop_enum("mood")
