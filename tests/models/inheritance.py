"""Single-table and joined inheritance, three levels deep, with a mixin and an abstract base."""

from __future__ import annotations

import datetime

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

DATABASES = ("sqlite", "postgresql")


class Base(DeclarativeBase):
    """The registry of this set."""


metadata = Base.metadata


class Timestamps:
    created_at: Mapped[datetime.datetime] = mapped_column(
        sa.DateTime(timezone=True), server_default=sa.func.now()
    )
    updated_at: Mapped[datetime.datetime | None] = mapped_column(sa.DateTime(timezone=True))


class Named(Base):
    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)

    @declared_attr
    def name(cls) -> Mapped[str]:
        return mapped_column(sa.String(120), index=True)


class Vehicle(Named):
    """Single table: cars and lorries add columns to this one."""

    __tablename__ = "vehicles"

    kind: Mapped[str] = mapped_column(sa.String(20))
    wheels: Mapped[int] = mapped_column(sa.SmallInteger, server_default="4")
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "vehicle"}


class Car(Vehicle):
    seats: Mapped[int | None] = mapped_column(sa.Integer)
    __mapper_args__ = {"polymorphic_identity": "car"}


class Lorry(Vehicle):
    load_kg: Mapped[float | None] = mapped_column(sa.Numeric(10, 2))
    __mapper_args__ = {"polymorphic_identity": "lorry"}


class Person(Timestamps, Named):
    """Joined tables: employees and managers have tables of their own."""

    __tablename__ = "people"

    kind: Mapped[str] = mapped_column(sa.String(20))
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}


class Employee(Person):
    __tablename__ = "employees"

    id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True)
    salary: Mapped[float] = mapped_column(sa.Numeric(12, 2))
    vehicle_id: Mapped[int | None] = mapped_column(sa.ForeignKey("vehicles.id"), unique=True)
    __mapper_args__ = {"polymorphic_identity": "employee"}


class Manager(Employee):
    __tablename__ = "managers"

    id: Mapped[int] = mapped_column(sa.ForeignKey("employees.id"), primary_key=True)
    budget: Mapped[float] = mapped_column(sa.Numeric(14, 2), server_default="0")
    __mapper_args__ = {"polymorphic_identity": "manager"}
