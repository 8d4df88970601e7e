"""foreign keys: self referential removed

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
    op.drop_constraint("fk_parent", "nodes", type_="foreignkey")


def downgrade():
    op.create_foreign_key("fk_parent", "nodes", "nodes", ["parent"], ["id"])
