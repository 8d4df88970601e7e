"""functions: procedure

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
        "CREATE PROCEDURE forget(number integer) LANGUAGE sql AS $$ UPDATE users SET name = NULL WHERE id = number $$",
        comment="by number",
    )


def downgrade():
    op.drop_function("forget(number integer)")
