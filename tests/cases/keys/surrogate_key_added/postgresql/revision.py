"""keys: surrogate key added

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
    op.drop_constraint("tags_pkey", "tags", type_="primary")
    op.add_column(
        "tags",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True, nullable=False),
    )
    op.create_primary_key(None, "tags", ["id"])


def downgrade():
    op.drop_constraint(None, "tags", type_="primary", columns=["id"])
    # Lossy: dropping the column deletes its values.
    op.drop_column("tags", "id")
    op.create_primary_key("tags_pkey", "tags", ["name"])
