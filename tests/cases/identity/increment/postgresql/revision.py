"""identity: increment

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
        "invoices",
        "number",
        existing_type=sa.Integer(),
        server_default=sa.Identity(increment=5),
        existing_server_default=sa.Identity(),
    )


def downgrade():
    op.alter_column(
        "invoices",
        "number",
        existing_type=sa.Integer(),
        server_default=sa.Identity(),
        existing_server_default=sa.Identity(increment=5),
    )
