"""indexes: column of an index dropped

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
    # Lossy: dropping the column deletes its values.
    op.drop_column("things", "s")


def downgrade():
    op.add_column("things", sa.Column("s", sa.String(length=20)))
    op.create_index("ix", "things", ["s"])
