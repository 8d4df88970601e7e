"""enums: default was removed value

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
    op.alter_column(
        "items",
        "mood",
        existing_type=sa.String(length=5),
        type_=sa.Enum("sad", "ok", name="mood"),
        server_default="sad",
    )


def downgrade():
    op.alter_column(
        "items",
        "mood",
        existing_type=sa.Enum("sad", "ok", name="mood"),
        type_=sa.String(length=5),
        server_default=sa.text("'happy'"),
    )
