"""checks: enum longer value added

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
    op.drop_constraint("mood", "people", type_="check")
    op.alter_column(
        "people",
        "mood",
        existing_type=sa.String(length=4),
        type_=sa.Enum("glad", "sad", "furious", name="mood", native_enum=False),
    )
    op.create_check_constraint("mood", "people", sa.text("mood IN ('glad', 'sad', 'furious')"))


def downgrade():
    op.drop_constraint("mood", "people", type_="check")
    # Lossy: the change of type may change or refuse values.
    op.alter_column(
        "people",
        "mood",
        existing_type=sa.Enum("glad", "sad", "furious", name="mood", native_enum=False),
        type_=sa.String(length=4),
    )
    op.create_check_constraint(
        "mood",
        "people",
        sa.text(
            "((mood)::text = ANY ((ARRAY['glad'::character varying, 'sad'::character varying])::text[]))",
        ),
    )
