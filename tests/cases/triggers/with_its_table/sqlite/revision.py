"""triggers: with its table

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
    op.drop_trigger("touched", "users")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("users")


def downgrade():
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50)),
        sa.Column("points", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_trigger(
        """
        CREATE TRIGGER touched AFTER UPDATE OF name ON users
        BEGIN
            UPDATE users SET points = points + 1 WHERE id = NEW.id;
        END
        """,
    )
