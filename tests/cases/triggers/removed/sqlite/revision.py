"""triggers: removed

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

from flaskmig import op

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_trigger("touched", "users")


def downgrade():
    op.create_trigger(
        """
        CREATE TRIGGER touched AFTER UPDATE OF name ON users
        BEGIN
            UPDATE users SET points = points + 1 WHERE id = NEW.id;
        END
        """,
    )
