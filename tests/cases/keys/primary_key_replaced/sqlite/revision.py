"""keys: primary key replaced

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
    op.drop_constraint(None, "members", type_="primary", columns=["id"])
    op.drop_constraint("uq_tenant", "members", type_="unique")
    op.create_primary_key(None, "members", ["tenant"])


def downgrade():
    op.drop_constraint(None, "members", type_="primary", columns=["tenant"])
    op.create_unique_constraint("uq_tenant", "members", ["tenant"])
    op.create_primary_key(None, "members", ["id"])
