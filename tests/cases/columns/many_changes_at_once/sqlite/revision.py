"""columns: many changes at once

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
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "gone")
    op.alter_column(
        "items",
        "count",
        existing_type=sa.Integer(),
        type_=sa.BigInteger(),
        server_default=None,
    )
    op.alter_column(
        "items",
        "kind",
        existing_type=sa.String(length=5),
        type_=sa.Text(),
        nullable=True,
    )
    op.alter_column(
        "items",
        "name",
        existing_type=sa.String(length=80),
        type_=sa.String(length=120),
        nullable=False,
    )
    op.add_column("items", sa.Column("at", sa.Date()))
    op.create_unique_constraint(None, "items", ["at"])


def downgrade():
    op.drop_constraint(None, "items", type_="unique", columns=["at"])
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "at")
    op.alter_column(
        "items",
        "name",
        existing_type=sa.String(length=120),
        type_=sa.String(length=80),
        nullable=True,
    )
    op.alter_column(
        "items",
        "kind",
        existing_type=sa.Text(),
        type_=sa.String(length=5),
        nullable=False,
    )
    op.alter_column(
        "items",
        "count",
        existing_type=sa.BigInteger(),
        type_=sa.Integer(),
        server_default=sa.text("'1'"),
    )
    op.add_column("items", sa.Column("gone", sa.Integer()))
