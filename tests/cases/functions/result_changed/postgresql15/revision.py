"""functions: result changed

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
    op.drop_view("more", keep_grants=True)
    op.drop_function("one_more(a integer)", keep_grants=True)
    op.create_function(
        """
        CREATE FUNCTION one_more(a integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
            SELECT a + 1
        $$
        """,
        keep_grants=True,
    )
    op.create_view("more", "SELECT id, one_more(points) AS points FROM users", keep_grants=True)


def downgrade():
    op.drop_view("more", keep_grants=True)
    op.drop_function("one_more(a integer)", keep_grants=True)
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
        keep_grants=True,
    )
    op.create_view(
        "more",
        """
        SELECT users.id,
            one_more(users.points) AS points
           FROM users
        """,
        keep_grants=True,
    )
