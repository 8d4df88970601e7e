"""keys: primary key column order

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
    op.drop_constraint("members_key", "members", type_="primary")
    op.create_primary_key("members_key", "members", ["tenant", "id"])


def downgrade():
    op.drop_constraint("members_key", "members", type_="primary")
    op.create_primary_key("members_key", "members", ["id", "tenant"])
