"""foreign keys: unnamed composite removed

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
    op.drop_constraint(
        None,
        "people",
        type_="foreignkey",
        columns=["country", "city"],
        referent_table="places",
        referent_columns=["country", "city"],
    )


def downgrade():
    op.create_foreign_key(None, "people", "places", ["country", "city"], ["country", "city"])
