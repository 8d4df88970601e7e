"""runs: chain created

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
        "t0",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "t1",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["before"], ["t0.id"]),
    )
    op.create_table(
        "t2",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["before"], ["t1.id"]),
    )
    op.create_table(
        "t3",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["before"], ["t2.id"]),
    )
    op.create_table(
        "t4",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["before"], ["t3.id"]),
    )
    op.create_table(
        "t5",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["before"], ["t4.id"]),
    )
    op.create_table(
        "t6",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["before"], ["t5.id"]),
    )
    op.create_table(
        "t7",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["before"], ["t6.id"]),
    )


def downgrade():
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
