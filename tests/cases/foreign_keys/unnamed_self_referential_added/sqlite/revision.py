"""foreign keys: unnamed self referential added

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
    op.create_foreign_key(None, "nodes", "nodes", ["parent"], ["id"])


def downgrade():
    op.drop_constraint(
        None,
        "nodes",
        type_="foreignkey",
        columns=["parent"],
        referent_table="nodes",
        referent_columns=["id"],
    )
