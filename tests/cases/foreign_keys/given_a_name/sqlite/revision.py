"""foreign keys: given a name

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
    op.rename_constraint(
        None,
        "fk_owner",
        "pets",
        type_="foreignkey",
        columns=["owner"],
        referent_table="owners",
        referent_columns=["id"],
    )


def downgrade():
    op.rename_constraint("fk_owner", None, "pets", type_="foreignkey")
