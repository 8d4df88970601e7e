"""foreign keys: to a unique column

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
    op.create_unique_constraint("uq_name", "owners", ["name"])
    op.add_column("pets", sa.Column("owner_name", sa.String(length=20)))
    op.create_foreign_key("fk_name", "pets", "owners", ["owner_name"], ["name"])


def downgrade():
    op.drop_constraint("fk_name", "pets", type_="foreignkey")
    # Lossy: dropping the column deletes its values.
    op.drop_column("pets", "owner_name")
    op.drop_constraint("uq_name", "owners", type_="unique")
