"""functions: called by a table

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
    op.create_function(
        """
        CREATE FUNCTION one_more(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
            SELECT a + 1
        $$
        """,
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), server_default=sa.text("one_more(1)")),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("one_more(points) > 0", name="positive"),
    )


def downgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("users")
    op.drop_function("one_more(a integer)")
