"""functions: overloaded

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
        CREATE FUNCTION one_more(a text = 'x') RETURNS integer LANGUAGE sql IMMUTABLE AS $$
            SELECT length(a)
        $$
        """,
    )


def downgrade():
    op.drop_function("one_more(a text)")
