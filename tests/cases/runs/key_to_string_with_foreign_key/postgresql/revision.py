"""runs: key to string with foreign key

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
    op.drop_constraint("pets_owner_id_fkey", "pets", type_="foreignkey")
    op.alter_column("pets", "owner_id", existing_type=sa.Integer(), type_=sa.String(length=20))
    op.alter_column("owners", "id", existing_type=sa.Integer(), type_=sa.String(length=20))
    op.create_foreign_key("pets_owner_id_fkey", "pets", "owners", ["owner_id"], ["id"])


def downgrade():
    op.drop_constraint("pets_owner_id_fkey", "pets", type_="foreignkey")
    # Lossy: values are read as integers: '0007' becomes 7.
    op.alter_column(
        "owners",
        "id",
        existing_type=sa.String(length=20),
        type_=sa.Integer(),
        postgresql_using='"id"::integer',
    )
    # Lossy: values are read as integers: '0007' becomes 7.
    op.alter_column(
        "pets",
        "owner_id",
        existing_type=sa.String(length=20),
        type_=sa.Integer(),
        postgresql_using='"owner_id"::integer',
    )
    op.create_foreign_key("pets_owner_id_fkey", "pets", "owners", ["owner_id"], ["id"])
