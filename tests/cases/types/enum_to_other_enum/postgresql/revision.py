"""types: enum to other enum

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

from flaskmig import op
from sqlalchemy.dialects import postgresql

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    op.create_enum("feeling", ["sad", "ok", "glad"])
    op.alter_column(
        "items",
        "value",
        existing_type=postgresql.ENUM(name="mood", create_type=False),
        type_=postgresql.ENUM("sad", "ok", "glad", name="feeling", create_type=False),
        postgresql_using='"value"::text::feeling',
    )
    op.drop_enum("mood")


def downgrade():
    op.create_enum("mood", ["sad", "ok"])
    op.alter_column(
        "items",
        "value",
        existing_type=postgresql.ENUM("sad", "ok", "glad", name="feeling", create_type=False),
        type_=postgresql.ENUM(name="mood", create_type=False),
        postgresql_using='"value"::text::mood',
    )
    op.drop_enum("feeling")
