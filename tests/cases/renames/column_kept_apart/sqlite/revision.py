"""renames: column kept apart

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
    op.drop_constraint("uq_users_mail", "users", type_="unique")
    # Lossy: dropping the column deletes its values.
    op.drop_column("users", "mail")
    op.add_column("users", sa.Column("email", sa.String(length=120)))
    op.create_unique_constraint("uq_users_email", "users", ["email"])


def downgrade():
    op.drop_constraint("uq_users_email", "users", type_="unique")
    # Lossy: dropping the column deletes its values.
    op.drop_column("users", "email")
    op.add_column("users", sa.Column("mail", sa.String(length=120)))
    op.create_unique_constraint("uq_users_mail", "users", ["mail"])
