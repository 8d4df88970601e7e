"""constraints: unique under foreign key

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
    op.drop_constraint("fk_ab", "parts", type_="foreignkey")
    op.drop_constraint("uq_ab", "things", type_="unique")
    op.create_unique_constraint("uq_ba", "things", ["b", "a"])
    op.create_foreign_key("fk_ab", "parts", "things", ["a", "b"], ["a", "b"])


def downgrade():
    op.drop_constraint("fk_ab", "parts", type_="foreignkey")
    op.drop_constraint("uq_ba", "things", type_="unique")
    op.create_unique_constraint("uq_ab", "things", ["a", "b"])
    op.create_foreign_key("fk_ab", "parts", "things", ["a", "b"], ["a", "b"])
