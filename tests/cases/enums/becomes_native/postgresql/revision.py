"""enums: becomes native

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
    op.drop_constraint("mood", "items", type_="check")
    op.alter_column(
        "items",
        "mood",
        existing_type=sa.String(length=3),
        type_=postgresql.ENUM("sad", "ok", name="mood", create_type=False),
        postgresql_using='"mood"::mood',
    )


def downgrade():
    op.alter_column(
        "items",
        "mood",
        existing_type=postgresql.ENUM("sad", "ok", name="mood", create_type=False),
        type_=sa.String(length=3),
    )
    op.create_check_constraint(
        "mood",
        "items",
        sa.text(
            "((mood)::text = ANY ((ARRAY['sad'::character varying, 'ok'::character varying])::text[]))",
        ),
    )
    op.drop_enum("mood")
