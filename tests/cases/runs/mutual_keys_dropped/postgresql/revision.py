"""runs: mutual keys dropped

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
    op.drop_constraint("a_to_b", "a", type_="foreignkey")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("b")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("a")


def downgrade():
    op.create_table(
        "a",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("b_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="a_pkey"),
    )
    op.create_table(
        "b",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("a_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="b_pkey"),
        sa.ForeignKeyConstraint(["a_id"], ["a.id"], name="b_to_a"),
    )
    op.create_foreign_key("a_to_b", "a", "b", ["b_id"], ["id"])
