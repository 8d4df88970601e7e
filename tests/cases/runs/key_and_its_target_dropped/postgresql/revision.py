"""runs: key and its target dropped

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
    op.drop_constraint("pets_owner_id_fkey", "pets", type_="foreignkey")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("owners")


def downgrade():
    op.create_table(
        "owners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20)),
        sa.PrimaryKeyConstraint("id", name="owners_pkey"),
    )
    op.create_foreign_key("pets_owner_id_fkey", "pets", "owners", ["owner_id"], ["id"])
