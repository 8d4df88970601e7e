import sqlalchemy as sa

metadata = sa.MetaData(naming_convention={"uq": "uq_%(table_name)s_%(column_0_N_name)s"})
sa.Table(
    "subscriptions_of_customers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("customer_account_number", sa.Integer),
    sa.Column("product_catalogue_number", sa.Integer),
    sa.UniqueConstraint("customer_account_number", "product_catalogue_number"),
)
