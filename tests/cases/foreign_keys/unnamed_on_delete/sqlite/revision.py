"""foreign keys: unnamed on delete

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
    op.drop_constraint(
        None,
        "pets",
        type_="foreignkey",
        columns=["owner"],
        referent_table="owners",
        referent_columns=["id"],
    )
    op.create_foreign_key(None, "pets", "owners", ["owner"], ["id"], ondelete="CASCADE")


def downgrade():
    op.drop_constraint(
        None,
        "pets",
        type_="foreignkey",
        columns=["owner"],
        referent_table="owners",
        referent_columns=["id"],
    )
    op.create_foreign_key(None, "pets", "owners", ["owner"], ["id"])
