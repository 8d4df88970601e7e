"""types: integer to array

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
    # Lossy: the change of type may change or refuse values.
    op.alter_column(
        "items",
        "value",
        existing_type=sa.Integer(),
        type_=postgresql.ARRAY(sa.Integer()),
        postgresql_using='CASE WHEN "value" IS NOT NULL THEN ARRAY["value"]::integer[] END',
    )


def downgrade():
    # Lossy: an array becomes its element, which an array of one element alone can.
    op.alter_column(
        "items",
        "value",
        existing_type=postgresql.ARRAY(sa.Integer()),
        type_=sa.Integer(),
        postgresql_using='"value"[1]',
    )
