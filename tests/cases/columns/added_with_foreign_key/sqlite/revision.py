"""columns: added with foreign key

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
    op.add_column("items", sa.Column("owner_id", sa.Integer()))
    op.create_foreign_key(None, "items", "users", ["owner_id"], ["id"])


def downgrade():
    op.drop_constraint(
        None,
        "items",
        type_="foreignkey",
        columns=["owner_id"],
        referent_table="users",
        referent_columns=["id"],
    )
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "owner_id")
