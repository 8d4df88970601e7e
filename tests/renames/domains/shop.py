"""A shop, with a naming convention."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
)  # fmt: skip

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Table(
    "customers", metadata,
    Column("id", Integer, primary_key=True),
    Column("mail", String(120), nullable=False, unique=True),
    Column("full_name", String(80), nullable=False),
    Column("phone", String(30)),
    Column("is_admin", Boolean, nullable=False, server_default="false"),
    Column("notes", Text),
    Column("created_at", DateTime, server_default=func.now()),
)  # fmt: skip

Table(
    "categories", metadata,
    Column("id", Integer, primary_key=True),
    Column("title", String(80), nullable=False),
    Column("slug", String(80), nullable=False, unique=True),
    Column("parent_id", Integer, ForeignKey("categories.id")),
)  # fmt: skip

Table(
    "products", metadata,
    Column("id", Integer, primary_key=True),
    Column("sku", String(40), nullable=False, unique=True),
    Column("title", String(200), nullable=False),
    Column("price", Numeric(10, 2), nullable=False),
    Column("description", Text),
    Column("stock", Integer, nullable=False, server_default="0"),
    Column("category_id", Integer, ForeignKey("categories.id"), index=True),
    CheckConstraint("price >= 0", name="price_positive"),
)  # fmt: skip

Table(
    "orders", metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customers.id"), nullable=False, index=True),
    Column("status", Enum("new", "paid", "shipped", "returned", name="order_status")),
    Column("placed_at", DateTime, nullable=False),
    Column("total", Numeric(12, 2), nullable=False),
    Column("coupon", String(20)),
)  # fmt: skip

Table(
    "order_lines", metadata,
    Column("id", Integer, primary_key=True),
    Column("order_id", Integer, ForeignKey("orders.id", ondelete="CASCADE"), nullable=False),
    Column("product_id", Integer, ForeignKey("products.id"), nullable=False),
    Column("quantity", Integer, nullable=False, server_default="1"),
    Column("unit_price", Numeric(10, 2), nullable=False),
    UniqueConstraint("order_id", "product_id"),
)  # fmt: skip

Table(
    "reviews", metadata,
    Column("id", Integer, primary_key=True),
    Column("product_id", Integer, ForeignKey("products.id"), nullable=False),
    Column("customer_id", Integer, ForeignKey("customers.id"), nullable=False),
    Column("stars", Integer, nullable=False),
    Column("body", Text),
    Index("ix_reviews_stars_recent", "product_id", "stars"),
)  # fmt: skip
