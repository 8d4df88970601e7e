"""columns: removed with foreign key

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
    op.drop_constraint("items_owner_id_fkey", "items", type_="foreignkey")
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "owner_id")


def downgrade():
    op.add_column("items", sa.Column("owner_id", sa.Integer()))
    op.create_foreign_key("items_owner_id_fkey", "items", "users", ["owner_id"], ["id"])
