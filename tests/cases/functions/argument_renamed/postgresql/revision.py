"""functions: argument renamed

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
    op.drop_function("one_more(a integer)")
    op.create_function(
        """
        CREATE FUNCTION one_more(b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
            SELECT b + 1
        $$
        """,
    )


def downgrade():
    op.drop_function("one_more(b integer)")
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
    )
