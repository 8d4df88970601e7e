"""triggers: added

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
    op.create_function(
        """
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.points := 1;
            RETURN NEW;
        END
        $$
        """,
    )
    op.create_trigger(
        "CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()",
    )


def downgrade():
    op.drop_trigger("touched", "users")
    op.drop_function("touch()")
