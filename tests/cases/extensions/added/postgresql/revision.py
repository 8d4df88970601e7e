"""extensions: added

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
    op.create_extension("citext")
    op.add_column("users", sa.Column("mail", postgresql.CITEXT()))


def downgrade():
    # Lossy: dropping the column deletes its values.
    op.drop_column("users", "mail")
    op.drop_extension("citext")
