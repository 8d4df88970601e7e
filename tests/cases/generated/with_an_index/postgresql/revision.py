"""generated: with an index

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

import sqlalchemy as sa
from flaskmig import op

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_constraint("k", "boxes", type_="check")
    op.drop_index("ix_area", table_name="boxes")
    op.drop_column("boxes", "area")
    op.add_column(
        "boxes",
        sa.Column("area", sa.Integer(), sa.Computed("width * 3", persisted=True)),
    )
    op.create_check_constraint("k", "boxes", sa.text("(area < 1000)"))
    op.create_index("ix_area", "boxes", ["area"])


def downgrade():
    op.drop_index("ix_area", table_name="boxes")
    op.drop_constraint("k", "boxes", type_="check")
    op.drop_column("boxes", "area")
    op.add_column(
        "boxes",
        sa.Column("area", sa.Integer(), sa.Computed("(width * 2)", persisted=True)),
    )
    op.create_index("ix_area", "boxes", ["area"])
    op.create_check_constraint("k", "boxes", sa.text("(area < 1000)"))
