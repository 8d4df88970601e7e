"""constraints: unique with a long name

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
    op.create_unique_constraint(
        "uq_subscriptions_of_customers_customer_account_number_p_a31c",
        "subscriptions_of_customers",
        ["customer_account_number", "product_catalogue_number"],
    )


def downgrade():
    op.drop_constraint(
        "uq_subscriptions_of_customers_customer_account_number_p_a31c",
        "subscriptions_of_customers",
        type_="unique",
    )
