"""foreign keys: match

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
    op.drop_constraint("fk_owner", "pets", type_="foreignkey")
    op.create_foreign_key("fk_owner", "pets", "owners", ["owner"], ["id"], match="FULL")


def downgrade():
    op.drop_constraint("fk_owner", "pets", type_="foreignkey")
    op.create_foreign_key("fk_owner", "pets", "owners", ["owner"], ["id"])
