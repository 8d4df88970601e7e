"""Patients and visits."""

from sqlalchemy import (
    Boolean,
    Column,
    Computed,
    Date,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)  # fmt: skip

metadata = MetaData()

Table(
    "patients", metadata,
    Column("id", Integer, primary_key=True),
    Column("surname", String(80), nullable=False),
    Column("given_name", String(80), nullable=False),
    Column("dob", Date, nullable=False),
    Column("sex", Enum("f", "m", "x", name="sex")),
    Column("insurance_no", String(30), unique=True),
    Column("weight_kg", Float),
    Column("height_m", Float),
    Column("bmi", Float, Computed("weight_kg / (height_m * height_m)", persisted=True)),
    Index("ix_patients_name", "surname", "given_name"),
)  # fmt: skip

Table(
    "doctors", metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("speciality", String(60)),
    Column("pager", String(20)),
)  # fmt: skip

Table(
    "visits", metadata,
    Column("id", Integer, primary_key=True),
    Column("patient_id", Integer, ForeignKey("patients.id"), nullable=False, index=True),
    Column("doctor_id", Integer, ForeignKey("doctors.id")),
    Column("starts", DateTime, nullable=False),
    Column("ends", DateTime),
    Column("complaint", Text),
    Column("urgent", Boolean, server_default="false"),
    Index("ix_visits_open", "starts", postgresql_where="ends IS NULL", sqlite_where="ends IS NULL"),
)  # fmt: skip

Table(
    "prescriptions", metadata,
    Column("id", Integer, primary_key=True),
    Column("visit_id", Integer, ForeignKey("visits.id"), nullable=False),
    Column("drug", String(120), nullable=False),
    Column("dose", String(60)),
    Column("refills", Integer, nullable=False, server_default="0"),
)  # fmt: skip
