"""indexes: expression of functions changed

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
    op.drop_index("ix", table_name="things")
    op.create_index("ix", "things", [sa.text("coalesce(n, 1)")])


def downgrade():
    op.drop_index("ix", table_name="things")
    op.create_index("ix", "things", [sa.text("COALESCE(n, 0)")])
