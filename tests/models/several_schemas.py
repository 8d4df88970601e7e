"""Tables in several schemas of one database, with keys, an enum and equal names across them."""

from __future__ import annotations

import sqlalchemy as sa

DATABASES = ("postgresql",)

metadata = sa.MetaData()

kind = sa.Enum("person", "company", name="kind", schema="crm")

sa.Table(
    "accounts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False, index=True),
)

sa.Table(
    "accounts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", kind, nullable=False),
    sa.Column("public_id", sa.ForeignKey("accounts.id"), unique=True),
    sa.Column("name", sa.String(80), nullable=False, index=True),
    schema="crm",
)

sa.Table(
    "invoices",
    metadata,
    sa.Column("id", sa.Integer, sa.Sequence("invoice_numbers", schema="billing"), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("crm.accounts.id", ondelete="RESTRICT"), nullable=False),
    sa.Column("previous_id", sa.ForeignKey("billing.invoices.id")),
    sa.Column("total", sa.Numeric(12, 2), nullable=False, server_default="0"),
    sa.CheckConstraint("total >= 0", name="total_positive"),
    schema="billing",
    comment="One row an invoice",
)
