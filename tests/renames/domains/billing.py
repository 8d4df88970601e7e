"""Invoices and payments, with sequences of their own."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Sequence,
    String,
    Table,
    UniqueConstraint,
)  # fmt: skip

metadata = MetaData()

invoice_numbers = Sequence("invoice_numbers", start=1000, metadata=metadata)

receipt_numbers = Sequence("receipt_numbers", start=1, increment=5, metadata=metadata)

Table(
    "accounts", metadata,
    Column("id", BigInteger, primary_key=True),
    Column("holder", String(120), nullable=False),
    Column("iban", String(34), nullable=False),
    Column("balance", Numeric(14, 2), nullable=False, server_default="0"),
    Column("currency", String(3), nullable=False, server_default="EUR"),
    Column("opened_on", Date),
    UniqueConstraint("iban", name="uq_iban"),
)  # fmt: skip

Table(
    "invoices", metadata,
    Column("year", Integer, nullable=False),
    Column(
        "number", Integer, nullable=False, server_default=invoice_numbers.next_value()
    ),
    Column("account_id", BigInteger, ForeignKey("accounts.id", name="fk_invoice_account")),
    Column("issued_on", Date, nullable=False),
    Column("due_on", Date),
    Column("net", Numeric(12, 2), nullable=False),
    Column("tax", Numeric(12, 2), nullable=False),
    Column("paid", Boolean, nullable=False, server_default="false"),
    PrimaryKeyConstraint("year", "number", name="pk_invoices"),
    CheckConstraint("net > 0", name="ck_net"),
    CheckConstraint("due_on >= issued_on", name="ck_due"),
)  # fmt: skip

Table(
    "payments", metadata,
    Column("id", BigInteger, primary_key=True),
    Column("invoice_year", Integer),
    Column("invoice_number", Integer),
    Column("received_at", DateTime, nullable=False),
    Column("amount", Numeric(12, 2), nullable=False),
    Column("method", Enum("card", "transfer", "cash", name="pay_method"), nullable=False),
    Column("reference", String(60)),
    ForeignKeyConstraint(
        ["invoice_year", "invoice_number"], ["invoices.year", "invoices.number"],
        name="fk_payment_invoice",
    ),
    Index("ix_payments_reference", "reference"),
)  # fmt: skip

Table(
    "receipts", metadata,
    Column("id", BigInteger, primary_key=True),
    Column("payment_id", BigInteger, ForeignKey("payments.id"), nullable=False),
    Column("serial", Integer, server_default=receipt_numbers.next_value()),
    Column("printed", DateTime),
)  # fmt: skip
