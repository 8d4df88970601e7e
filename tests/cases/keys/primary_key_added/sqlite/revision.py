"""keys: primary key added

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
    op.create_primary_key(None, "members", ["id"])


def downgrade():
    op.drop_constraint(None, "members", type_="primary", columns=["id"])
