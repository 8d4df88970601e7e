"""renames: table with columns

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
    op.rename_table("users", "accounts", default_names=True)
    op.alter_column("accounts", "age", new_column_name="years")
    op.rename_index("ix_users_age", "ix_accounts_years", table_name="accounts")
    op.alter_column("accounts", "years", existing_type=sa.Integer(), type_=sa.BigInteger())
    op.add_column("accounts", sa.Column("note", sa.Text()))


def downgrade():
    # Lossy: dropping the column deletes its values.
    op.drop_column("accounts", "note")
    # Lossy: the change of type may change or refuse values.
    op.alter_column("accounts", "years", existing_type=sa.BigInteger(), type_=sa.Integer())
    op.rename_index("ix_accounts_years", "ix_users_age", table_name="accounts")
    op.alter_column("accounts", "years", new_column_name="age")
    op.rename_table("accounts", "users", default_names=True)
