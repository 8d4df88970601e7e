"""enums: becomes plain with check

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
        existing_type=postgresql.ENUM(name="mood", create_type=False),
        type_=sa.Enum("sad", "ok", name="mood", native_enum=False),
    )
    op.create_check_constraint("mood", "items", sa.text("mood IN ('sad', 'ok')"))
    op.drop_enum("mood")


def downgrade():
    op.create_enum("mood", ["sad", "ok"])
    op.drop_constraint("mood", "items", type_="check")
    op.alter_column(
        "items",
        "mood",
        existing_type=sa.Enum("sad", "ok", name="mood", native_enum=False),
        type_=postgresql.ENUM(name="mood", create_type=False),
        postgresql_using='"mood"::mood',
    )
