"""foreign keys: column with key added

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
    op.add_column("pets", sa.Column("owner", sa.Integer()))
    op.create_foreign_key(None, "pets", "owners", ["owner"], ["id"])


def downgrade():
    op.drop_constraint(
        None,
        "pets",
        type_="foreignkey",
        columns=["owner"],
        referent_table="owners",
        referent_columns=["id"],
    )
    # Lossy: dropping the column deletes its values.
    op.drop_column("pets", "owner")
