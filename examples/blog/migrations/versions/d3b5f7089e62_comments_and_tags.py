"""comments and tags

Revision ID: d3b5f7089e62
Revises: 5c7d1e9a0b34, a4d9c3b2e1f0
Create Date: 2026-11-22 18:58:47.107210
"""

revision = "d3b5f7089e62"
down_revision = ("5c7d1e9a0b34", "a4d9c3b2e1f0")
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
