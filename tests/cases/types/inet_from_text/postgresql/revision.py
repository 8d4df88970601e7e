"""types: inet from text

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
    # Lossy: values are read as another type, and how they were written is not kept.
    op.alter_column(
        "items",
        "value",
        existing_type=sa.Text(),
        type_=postgresql.INET(),
        postgresql_using='"value"::inet',
    )


def downgrade():
    op.alter_column("items", "value", existing_type=postgresql.INET(), type_=sa.Text())
