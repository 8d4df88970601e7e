"""types: enum to integer

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
        "value",
        existing_type=postgresql.ENUM(name="grade", create_type=False),
        type_=sa.Integer(),
        postgresql_using='"value"::text::integer',
    )
    op.drop_enum("grade")


def downgrade():
    op.create_enum("grade", ["1", "2"])
    op.alter_column(
        "items",
        "value",
        existing_type=sa.Integer(),
        type_=postgresql.ENUM(name="grade", create_type=False),
        postgresql_using='"value"::text::grade',
    )
