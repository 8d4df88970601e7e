"""Contacts and deals."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
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
)  # fmt: skip

metadata = MetaData()

Table(
    "companies", metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("website", String(200)),
    Column("vat_number", String(20), unique=True),
    Column("industry", String(60)),
    Column("employees", Integer),
)  # fmt: skip

Table(
    "contacts", metadata,
    Column("id", Integer, primary_key=True),
    Column("company_id", Integer, ForeignKey("companies.id"), index=True),
    Column("first_name", String(50)),
    Column("last_name", String(50), nullable=False),
    Column("email", String(120)),
    Column("phone", String(30)),
    Column("birthday", Date),
    Column("newsletter", Boolean, nullable=False),
)  # fmt: skip

Table(
    "deals", metadata,
    Column("id", Integer, primary_key=True),
    Column("contact_id", Integer, ForeignKey("contacts.id"), nullable=False),
    Column("title", String(120), nullable=False),
    Column("amount", Numeric(12, 2)),
    Column("stage", Enum("lead", "offer", "won", "lost", name="deal_stage"), nullable=False),
    Column("expected_close", Date),
    Column("owner", String(60)),
    CheckConstraint("amount > 0", name="deal_amount_positive"),
)  # fmt: skip

Table(
    "activities", metadata,
    Column("id", Integer, primary_key=True),
    Column("deal_id", Integer, ForeignKey("deals.id", ondelete="CASCADE")),
    Column("kind", String(20), nullable=False),
    Column("happened_at", DateTime, nullable=False),
    Column("summary", Text),
    Index("ix_activities_recent", "deal_id", "happened_at"),
)  # fmt: skip
