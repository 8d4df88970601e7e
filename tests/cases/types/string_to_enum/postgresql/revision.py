"""types: string to enum

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
    op.alter_column(
        "items",
        "value",
        existing_type=sa.String(length=20),
        type_=postgresql.ENUM("sad", "ok", name="mood", create_type=False),
        postgresql_using='"value"::mood',
    )


def downgrade():
    op.alter_column(
        "items",
        "value",
        existing_type=postgresql.ENUM("sad", "ok", name="mood", create_type=False),
        type_=sa.String(length=20),
    )
    op.drop_enum("mood")
