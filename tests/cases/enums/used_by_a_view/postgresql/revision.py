"""enums: used by a view

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
    op.drop_view("moods", keep_grants=True)
    # Lossy: the enum loses a value; a row that has it stops this.
    op.alter_enum("mood", ["sad", "ok"], existing_values=["sad", "ok", "happy"])
    op.create_view(
        "moods",
        """
        SELECT mood,
            count(*) AS n
           FROM items
          GROUP BY mood
        """,
        keep_grants=True,
    )


def downgrade():
    op.drop_view("moods", keep_grants=True)
    op.alter_enum("mood", ["sad", "ok", "happy"], existing_values=["sad", "ok"])
    op.create_view(
        "moods",
        """
        SELECT mood,
            count(*) AS n
           FROM items
          GROUP BY mood
        """,
        keep_grants=True,
    )
