"""renames: table with convention

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
    op.rename_constraint("ck_users_age", "ck_accounts_age", "accounts", type_="check")
    op.rename_constraint(
        "fk_users_boss_id_users",
        "fk_accounts_boss_id_accounts",
        "accounts",
        type_="foreignkey",
    )
    op.rename_constraint("pk_users", "pk_accounts", "accounts", type_="primary")
    op.rename_constraint("uq_users_mail", "uq_accounts_mail", "accounts", type_="unique")
    op.rename_index("ix_users_age", "ix_accounts_age", table_name="accounts")
    op.rename_constraint(
        "fk_posts_user_id_users",
        "fk_posts_user_id_accounts",
        "posts",
        type_="foreignkey",
    )


def downgrade():
    op.rename_constraint(
        "fk_posts_user_id_accounts",
        "fk_posts_user_id_users",
        "posts",
        type_="foreignkey",
    )
    op.rename_index("ix_accounts_age", "ix_users_age", table_name="accounts")
    op.rename_constraint("uq_accounts_mail", "uq_users_mail", "accounts", type_="unique")
    op.rename_constraint("pk_accounts", "pk_users", "accounts", type_="primary")
    op.rename_constraint(
        "fk_accounts_boss_id_accounts",
        "fk_users_boss_id_users",
        "accounts",
        type_="foreignkey",
    )
    op.rename_constraint("ck_accounts_age", "ck_users_age", "accounts", type_="check")
    op.rename_table("accounts", "users", default_names=True)
