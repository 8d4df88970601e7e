"""Enums: native ones shared by tables, ones held as text with a check, and awkward labels."""

from __future__ import annotations

import enum

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

DATABASES = ("sqlite", "postgresql")


class Base(DeclarativeBase):
    """The registry of this set."""


metadata = Base.metadata


class Colour(enum.Enum):
    red = 1
    green = 2
    blue = 3


class Size(enum.StrEnum):
    SMALL = "small"
    LARGE = "large"


colours = sa.Enum(Colour, name="colour")


class Shirt(Base):
    __tablename__ = "shirts"

    id: Mapped[int] = mapped_column(primary_key=True)
    colour: Mapped[Colour] = mapped_column(colours, server_default="red")
    lining: Mapped[Colour | None] = mapped_column(colours)
    size: Mapped[Size] = mapped_column(
        sa.Enum(Size, name="size", values_callable=lambda kind: [size.value for size in kind])
    )


class Shoe(Base):
    __tablename__ = "shoes"

    id: Mapped[int] = mapped_column(primary_key=True)
    colour: Mapped[Colour] = mapped_column(colours)
    laces: Mapped[str] = mapped_column(
        sa.Enum("none", "short", "long", name="laces", native_enum=False, length=12)
    )
    checked: Mapped[str] = mapped_column(
        sa.Enum("yes", "no", name="shoe_checked", native_enum=False, create_constraint=True)
    )
    tested: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=True, name="shoe_tested"))
    mood: Mapped[str | None] = mapped_column(
        sa.Enum("it's", "a,b", "100%", "with space", 'quo"te', "über", name="odd mood")
    )
