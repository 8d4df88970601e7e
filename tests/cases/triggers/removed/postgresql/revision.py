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
    op.drop_function("touch()")


def downgrade():
    op.create_function(
        """
        CREATE FUNCTION touch()
         RETURNS trigger
         LANGUAGE plpgsql
        AS $function$
        BEGIN
            NEW.points := 1;
            RETURN NEW;
        END
        $function$
        """,
    )
    op.create_trigger(
        "CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()",
    )
