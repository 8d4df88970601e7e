"""triggers: function changed

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
            NEW.points := 2;
            RETURN NEW;
        END
        $$
        """,
        replace=True,
    )


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
        replace=True,
    )
