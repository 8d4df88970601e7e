"""keys: primary key under foreign key

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
    op.drop_constraint("notes_member", "notes", type_="foreignkey")
    op.drop_constraint(None, "members", type_="primary", columns=["id"])
    op.create_unique_constraint("members_id", "members", ["id"])
    op.create_primary_key(None, "members", ["id", "tenant"])
    op.create_foreign_key("notes_member", "notes", "members", ["member"], ["id"])


def downgrade():
    op.drop_constraint("notes_member", "notes", type_="foreignkey")
    op.drop_constraint(None, "members", type_="primary", columns=["id", "tenant"])
    op.drop_constraint("members_id", "members", type_="unique")
    op.create_primary_key(None, "members", ["id"])
    op.create_foreign_key("notes_member", "notes", "members", ["member"], ["id"])
