"""runs: required column dropped

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
    # Lossy: dropping the column deletes its values.
    op.drop_column("people", "age")


def downgrade():
    op.irreversible(
        "people.age is NOT NULL, and nothing says what the rows get that are there",
        table="people",
    )
    op.add_column("people", sa.Column("age", sa.Integer(), nullable=False))
