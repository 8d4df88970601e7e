"""runs: unnamed keys removed

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
    op.drop_constraint("pets_owner_id_fkey", "pets", type_="foreignkey")
    op.drop_constraint("pets_tag_key", "pets", type_="unique")


def downgrade():
    op.create_unique_constraint("pets_tag_key", "pets", ["tag"])
    op.create_foreign_key("pets_owner_id_fkey", "pets", "owners", ["owner_id"], ["id"])
