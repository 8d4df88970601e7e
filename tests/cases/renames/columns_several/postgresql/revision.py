"""renames: columns several

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
    op.alter_column("users", "mail", new_column_name="email")
    op.alter_column("users", "age", new_column_name="years")
    op.rename_constraint("uq_users_mail", "uq_users_email", "users", type_="unique")


def downgrade():
    op.rename_constraint("uq_users_email", "uq_users_mail", "users", type_="unique")
    op.alter_column("users", "years", new_column_name="age")
    op.alter_column("users", "email", new_column_name="mail")
