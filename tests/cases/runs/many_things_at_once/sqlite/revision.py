"""runs: many things at once

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
    op.create_table(
        "vets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20)),
        sa.Column("mood", sa.Enum("glad", "sad", name="mood")),
        sa.PrimaryKeyConstraint("id"),
    )
    # Lossy: dropping the column deletes its values.
    op.drop_column("owners", "old")
    op.alter_column(
        "owners",
        "name",
        existing_type=sa.String(length=20),
        type_=sa.String(length=40),
    )
    op.create_unique_constraint("uq_name", "owners", ["name"])
    op.drop_constraint(
        None,
        "pets",
        type_="foreignkey",
        columns=["owner_id"],
        referent_table="owners",
        referent_columns=["id"],
    )
    op.drop_index("ix_kind", table_name="pets")
    op.add_column("pets", sa.Column("mood", sa.Enum("glad", "sad", name="mood")))
    op.add_column("pets", sa.Column("vet_id", sa.Integer()))
    op.create_foreign_key(None, "pets", "owners", ["owner_id"], ["id"], ondelete="CASCADE")
    op.create_foreign_key(None, "pets", "vets", ["vet_id"], ["id"])
    op.create_index("ix_kind", "pets", ["kind", "vet_id"])


def downgrade():
    op.drop_index("ix_kind", table_name="pets")
    op.drop_constraint(
        None,
        "pets",
        type_="foreignkey",
        columns=["vet_id"],
        referent_table="vets",
        referent_columns=["id"],
    )
    op.drop_constraint(
        None,
        "pets",
        type_="foreignkey",
        columns=["owner_id"],
        referent_table="owners",
        referent_columns=["id"],
    )
    # Lossy: dropping the column deletes its values.
    op.drop_column("pets", "vet_id")
    # Lossy: dropping the column deletes its values.
    op.drop_column("pets", "mood")
    op.create_index("ix_kind", "pets", ["kind"])
    op.create_foreign_key(None, "pets", "owners", ["owner_id"], ["id"])
    op.drop_constraint("uq_name", "owners", type_="unique")
    op.alter_column(
        "owners",
        "name",
        existing_type=sa.String(length=40),
        type_=sa.String(length=20),
    )
    op.add_column("owners", sa.Column("old", sa.Integer()))
    # Lossy: dropping the table deletes its rows.
    op.drop_table("vets")
    op.drop_enum("mood", if_exists=True)
