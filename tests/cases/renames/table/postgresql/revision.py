"""renames: table

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
    # Taken for a rename: 4 of 4 columns are the same, same keys and indexes, the foreign keys point
    # there now.
    op.rename_table("users", "accounts", default_names=True)
    op.rename_index("ix_users_age", "ix_accounts_age", table_name="accounts")


def downgrade():
    op.rename_index("ix_accounts_age", "ix_users_age", table_name="accounts")
    op.rename_table("accounts", "users", default_names=True)
