import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)
sa.Table(
    "subscriptions_of_customers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "customer_account_number",
        sa.Integer,
        sa.ForeignKey("subscriptions_of_customers.id"),
        index=True,
    ),
    sa.Column("product_catalogue_number", sa.Integer, unique=True),
    sa.UniqueConstraint("customer_account_number", "product_catalogue_number"),
    sa.CheckConstraint(
        "product_catalogue_number > 0", name="a_product_number_is_a_number_that_is_greater_than_one"
    ),
)
