"""runs: table with enum dropped

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

import sqlalchemy as sa
from flaskmig import op
from sqlalchemy.dialects import postgresql

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("people")
    op.drop_enum("mood")


def downgrade():
    op.create_enum("mood", ["glad", "sad"])
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mood", postgresql.ENUM(name="mood", create_type=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name="people_pkey"),
    )
