"""enums: default is new value

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
    op.alter_enum("mood", ["sad", "ok", "happy"], existing_values=["sad", "ok"])
    op.alter_column(
        "items",
        "mood",
        existing_type=postgresql.ENUM("sad", "ok", "happy", name="mood", create_type=False),
        server_default="happy",
    )


def downgrade():
    op.alter_column(
        "items",
        "mood",
        existing_type=postgresql.ENUM(name="mood", create_type=False),
        server_default=sa.text("'sad'::mood"),
    )
    # Lossy: the enum loses a value; a row that has it stops this.
    op.alter_enum("mood", ["sad", "ok"], existing_values=["sad", "ok", "happy"])
