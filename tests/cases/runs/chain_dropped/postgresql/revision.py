"""runs: chain dropped

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
    # Lossy: dropping the table deletes its rows.
    op.drop_table("t7")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("t6")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("t5")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("t4")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("t3")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("t2")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("t1")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("t0")


def downgrade():
    op.create_table(
        "t0",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="t0_pkey"),
    )
    op.create_table(
        "t1",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="t1_pkey"),
        sa.ForeignKeyConstraint(["before"], ["t0.id"], name="t1_before_fkey"),
    )
    op.create_table(
        "t2",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="t2_pkey"),
        sa.ForeignKeyConstraint(["before"], ["t1.id"], name="t2_before_fkey"),
    )
    op.create_table(
        "t3",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="t3_pkey"),
        sa.ForeignKeyConstraint(["before"], ["t2.id"], name="t3_before_fkey"),
    )
    op.create_table(
        "t4",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="t4_pkey"),
        sa.ForeignKeyConstraint(["before"], ["t3.id"], name="t4_before_fkey"),
    )
    op.create_table(
        "t5",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="t5_pkey"),
        sa.ForeignKeyConstraint(["before"], ["t4.id"], name="t5_before_fkey"),
    )
    op.create_table(
        "t6",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="t6_pkey"),
        sa.ForeignKeyConstraint(["before"], ["t5.id"], name="t6_before_fkey"),
    )
    op.create_table(
        "t7",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="t7_pkey"),
        sa.ForeignKeyConstraint(["before"], ["t6.id"], name="t7_before_fkey"),
    )
