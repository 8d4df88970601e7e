"""foreign keys: composite removed

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
    op.drop_constraint("fk_place", "people", type_="foreignkey")


def downgrade():
    op.create_foreign_key("fk_place", "people", "places", ["country", "city"], ["country", "city"])
