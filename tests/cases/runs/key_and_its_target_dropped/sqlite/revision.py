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
    op.drop_constraint(
        None,
        "pets",
        type_="foreignkey",
        columns=["owner_id"],
        referent_table="owners",
        referent_columns=["id"],
    )
    # Lossy: dropping the table deletes its rows.
    op.drop_table("owners")


def downgrade():
    op.create_table(
        "owners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20)),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_foreign_key(None, "pets", "owners", ["owner_id"], ["id"])
