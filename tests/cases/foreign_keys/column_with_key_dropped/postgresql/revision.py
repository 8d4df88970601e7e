"""foreign keys: column with key dropped

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
    op.drop_constraint("pets_owner_fkey", "pets", type_="foreignkey")
    # Lossy: dropping the column deletes its values.
    op.drop_column("pets", "owner")


def downgrade():
    op.add_column("pets", sa.Column("owner", sa.Integer()))
    op.create_foreign_key("pets_owner_fkey", "pets", "owners", ["owner"], ["id"])
