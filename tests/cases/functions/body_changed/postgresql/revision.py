"""functions: body changed

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
        CREATE FUNCTION one_more(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
            SELECT a + 2
        $$
        """,
        replace=True,
    )


def downgrade():
    op.create_function(
        """
        CREATE FUNCTION one_more(a integer)
         RETURNS integer
         LANGUAGE sql
         IMMUTABLE
        AS $function$
            SELECT a + 1
        $function$
        """,
        replace=True,
    )
