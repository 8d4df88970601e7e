"""renames: column

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
    # Taken for a rename: both VARCHAR(120), same constraints and indexes, same place in the table,
    # names that mean the same.
    op.alter_column("users", "mail", new_column_name="email")
    op.rename_constraint("uq_users_mail", "uq_users_email", "users", type_="unique")


def downgrade():
    op.rename_constraint("uq_users_email", "uq_users_mail", "users", type_="unique")
    op.alter_column("users", "email", new_column_name="mail")
