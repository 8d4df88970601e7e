"""enums: default was removed value

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
    op.alter_column(
        "items",
        "mood",
        existing_type=postgresql.ENUM("sad", "ok", name="mood", create_type=False),
        server_default="sad",
    )
    # Lossy: the enum loses a value; a row that has it stops this.
    op.alter_enum("mood", ["sad", "ok"], existing_values=["sad", "ok", "happy"])


def downgrade():
    op.alter_enum("mood", ["sad", "ok", "happy"], existing_values=["sad", "ok"])
    op.alter_column(
        "items",
        "mood",
        existing_type=postgresql.ENUM(name="mood", create_type=False),
        server_default=sa.text("'happy'::mood"),
    )
