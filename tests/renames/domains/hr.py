"""Staff, in a schema of its own."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Enum,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
)  # fmt: skip

metadata = MetaData(schema="hr")

Table(
    "departments", metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("budget", Numeric(14, 2)),
    Column("cost_center", String(12)),
)  # fmt: skip

Table(
    "employees", metadata,
    Column("id", Integer, primary_key=True),
    Column("department_id", Integer, ForeignKey("hr.departments.id"), index=True),
    Column("manager_id", Integer, ForeignKey("hr.employees.id")),
    Column("firstname", String(60), nullable=False),
    Column("lastname", String(60), nullable=False),
    Column("hired", Date, nullable=False),
    Column("salary", Numeric(10, 2)),
    Column("grade", Enum("junior", "senior", "lead", name="job_grade", schema="hr")),
    CheckConstraint("salary > 0", name="ck_salary"),
)  # fmt: skip

Table(
    "absences", metadata,
    Column("id", Integer, primary_key=True),
    Column("employee_id", Integer, ForeignKey("hr.employees.id"), nullable=False),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date, nullable=False),
    Column("sick", Boolean),
    Column("comment", Text),
    Index("ix_absence_span", "employee_id", "from_date"),
)  # fmt: skip

Table(
    "reviews", metadata,
    Column("id", Integer, primary_key=True),
    Column("employee_id", Integer, ForeignKey("hr.employees.id"), nullable=False),
    Column("score", Float),
    Column("text", Text),
    Column("held_on", Date),
)  # fmt: skip
