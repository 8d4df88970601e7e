"""enums: removed in a schema

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
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "mood")
    op.drop_enum("mood", schema="app")
    op.drop_schema("app")


def downgrade():
    op.create_schema("app")
    op.create_enum("mood", ["sad", "ok"], schema="app")
    op.add_column(
        "items",
        sa.Column("mood", postgresql.ENUM(name="mood", schema="app", create_type=False)),
    )
