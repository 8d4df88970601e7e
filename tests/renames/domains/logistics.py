"""Warehouses and shipments."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)  # fmt: skip

metadata = MetaData()

Table(
    "warehouses", metadata,
    Column("id", Uuid, primary_key=True),
    Column("code", String(8), nullable=False, unique=True),
    Column("street", String(120)),
    Column("zip", String(12)),
    Column("town", String(60)),
    Column("lat", Float),
    Column("lon", Float),
)  # fmt: skip

Table(
    "carriers", metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("tracking_url", String(250)),
    Column("active", Boolean, nullable=False, server_default="true"),
)  # fmt: skip

Table(
    "shipments", metadata,
    Column("id", Uuid, primary_key=True),
    Column("origin_id", Uuid, ForeignKey("warehouses.id"), nullable=False, index=True),
    Column("destination_id", Uuid, ForeignKey("warehouses.id"), nullable=False, index=True),
    Column("carrier_id", Uuid, ForeignKey("carriers.id")),
    Column("tracking", String(60)),
    Column("sent", DateTime),
    Column("delivered", DateTime),
    Column("priority", Enum("low", "normal", "express", name="ship_priority")),
)  # fmt: skip

Table(
    "parcels", metadata,
    Column("id", Uuid, primary_key=True),
    Column("shipment_id", Uuid, ForeignKey("shipments.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("weight", Numeric(8, 3)),
    Column("length", Integer),
    Column("width", Integer),
    Column("height", Integer),
    UniqueConstraint("shipment_id", "seq", name="uq_parcel_seq"),
)  # fmt: skip
