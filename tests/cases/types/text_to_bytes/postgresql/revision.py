"""types: text to bytes

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
        "value",
        existing_type=sa.Text(),
        type_=sa.LargeBinary(),
        postgresql_using="convert_to(\"value\", 'UTF8')",
    )


def downgrade():
    op.alter_column(
        "items",
        "value",
        existing_type=sa.LargeBinary(),
        type_=sa.Text(),
        postgresql_using="convert_from(\"value\", 'UTF8')",
    )
