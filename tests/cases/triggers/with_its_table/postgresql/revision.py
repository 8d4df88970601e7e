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
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50)),
        sa.Column("points", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="users_pkey"),
    )
    op.create_trigger(
        "CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()",
    )
