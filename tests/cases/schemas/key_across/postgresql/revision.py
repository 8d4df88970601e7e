"""schemas: key across

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
    op.create_foreign_key(None, "items", "people", ["owner_id"], ["id"], referent_schema="app")
    op.add_column("people", sa.Column("item_id", sa.Integer()), schema="app")
    op.create_foreign_key(None, "people", "items", ["item_id"], ["id"], source_schema="app")


def downgrade():
    op.drop_constraint(
        None,
        "people",
        schema="app",
        type_="foreignkey",
        columns=["item_id"],
        referent_table="items",
        referent_columns=["id"],
    )
    # Lossy: dropping the column deletes its values.
    op.drop_column("people", "item_id", schema="app")
    op.drop_constraint(
        None,
        "items",
        type_="foreignkey",
        columns=["owner_id"],
        referent_table="people",
        referent_schema="app",
        referent_columns=["id"],
    )
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "owner_id")
