"""runs: use alter created

Revision ID: after
Revises:
Create Date: 2024-02-29 00:00:00.000000
"""

import sqlalchemy as sa
from flaskmig import op

revision = "after"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "a",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("b_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "b",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("a_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["a_id"], ["a.id"]),
    )
    op.create_foreign_key("a_to_b", "a", "b", ["b_id"], ["id"])


def downgrade():
    op.drop_constraint("a_to_b", "a", type_="foreignkey")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("b")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("a")
