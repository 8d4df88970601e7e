"""views: text

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
    op.create_view(
        "marked",
        r"""
        SELECT id, name || ' 100%' AS "what they said", ':name' AS colon, '\d' AS digit
        FROM users
        WHERE name LIKE 'a%' AND name <> 'it''s "so"'
        """,
    )


def downgrade():
    op.drop_view("marked")
