"""runs: unnamed keys added

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
    op.create_foreign_key(None, "pets", "owners", ["owner_id"], ["id"])
    op.create_unique_constraint(None, "pets", ["tag"])


def downgrade():
    op.drop_constraint(None, "pets", type_="unique", columns=["tag"])
    op.drop_constraint(
        None,
        "pets",
        type_="foreignkey",
        columns=["owner_id"],
        referent_table="owners",
        referent_columns=["id"],
    )
