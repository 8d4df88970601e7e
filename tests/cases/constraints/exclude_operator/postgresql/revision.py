"""constraints: exclude operator

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
    op.drop_constraint("no_overlap", "bookings", type_="exclude")
    op.create_exclude_constraint("no_overlap", "bookings", ("during", "="), using="gist")


def downgrade():
    op.drop_constraint("no_overlap", "bookings", type_="exclude")
    op.create_exclude_constraint("no_overlap", "bookings", ("during", "&&"), using="gist")
