"""runs: enum in another schema

Revision ID: after
Revises:
Create Date: 2024-02-29 00:00:00.000000
"""

import sqlalchemy as sa
from flaskmig import op
from sqlalchemy.dialects import postgresql

revision = "after"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_schema("kinds")
    op.create_schema("people_schema")
    op.create_enum("mood", ["glad", "sad"], schema="kinds")
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "mood",
            postgresql.ENUM("glad", "sad", name="mood", schema="kinds", create_type=False),
        ),
        sa.PrimaryKeyConstraint("id"),
        schema="people_schema",
    )


def downgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("people", schema="people_schema")
    op.drop_enum("mood", schema="kinds")
    op.drop_schema("people_schema")
    op.drop_schema("kinds")
