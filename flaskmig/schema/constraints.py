"""Constraints of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from flaskmig.schema.names import QualifiedName


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryKey:
    columns: tuple[str, ...]
    name: str | None = None
    deferrable: bool = False
    initially_deferred: bool = False
    include: tuple[str, ...] = ()
    on_conflict: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique:
    """A unique key; ``elsewhere`` is it as the models want it on the other kind of database."""

    columns: tuple[str, ...]
    name: str | None = None
    deferrable: bool = False
    initially_deferred: bool = False
    nulls_not_distinct: bool = False
    include: tuple[str, ...] = ()
    on_conflict: str | None = None
    elsewhere: Unique | None = field(default=None, compare=False, repr=False)

    @property
    def everywhere(self) -> Unique:
        """What a revision file says for both kinds of database."""
        there = self.elsewhere
        if there is None:
            return self
        return replace(
            self,
            nulls_not_distinct=self.nulls_not_distinct or there.nulls_not_distinct,
            include=self.include or there.include,
            on_conflict=self.on_conflict or there.on_conflict,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    expression: str
    name: str | None = None
    not_valid: bool = False
    no_inherit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A foreign key; ``on_update``, ``on_delete`` and ``match`` are None for the default."""

    columns: tuple[str, ...]
    target: QualifiedName
    target_columns: tuple[str, ...]
    name: str | None = None
    on_update: str | None = None
    on_delete: str | None = None
    match: Literal["FULL", "PARTIAL"] | None = None
    deferrable: bool = False
    initially_deferred: bool = False
    not_valid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludeElement:
    """One ``expression WITH operator``; ``column`` where the expression is a plain column."""

    operator: str
    column: str | None = None
    expression: str | None = None
    opclass: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclude:
    elements: tuple[ExcludeElement, ...]
    name: str | None = None
    method: str = "gist"
    where: str | None = None
    deferrable: bool = False
    initially_deferred: bool = False


Constraint: TypeAlias = PrimaryKey | Unique | Check | ForeignKey | Exclude

CONSTRAINT_KINDS: Mapping[type, str] = {
    PrimaryKey: "primary",
    Unique: "unique",
    Check: "check",
    ForeignKey: "foreignkey",
    Exclude: "exclude",
}


def constraint_kind(constraint: Constraint) -> str:
    """ "primary", "unique", "check", "foreignkey" or "exclude"."""
    return CONSTRAINT_KINDS[type(constraint)]


def constraint_columns(constraint: Constraint) -> tuple[str, ...]:
    """The table's own columns that the constraint names outside of expressions."""
    match constraint:
        case PrimaryKey() | Unique():
            return (*constraint.columns, *constraint.include)
        case ForeignKey():
            return constraint.columns
        case Exclude():
            return tuple(element.column for element in constraint.elements if element.column)
        case Check():
            return ()


def describe_constraint(constraint: Constraint) -> str:
    """The constraint for people: its name, or what it is where it has none."""
    match constraint:
        case PrimaryKey():
            what = f"primary key ({', '.join(constraint.columns)})"
        case Unique():
            what = f"unique ({', '.join(constraint.columns)})"
        case ForeignKey():
            what = f"foreign key ({', '.join(constraint.columns)}) to {constraint.target}"
            if rules := ", ".join(_key_rules(constraint)):
                what += f" ({rules})"
        case Check():
            what = f"check ({constraint.expression})"
        case Exclude():
            parts = (f"{e.column or e.expression} WITH {e.operator}" for e in constraint.elements)
            what = f"exclude ({', '.join(parts)})"
    return f"{constraint.name}: {what}" if constraint.name else what


def _key_rules(key: ForeignKey) -> Iterator[str]:
    """What two keys of the same columns may differ in."""
    if key.on_delete:
        yield f"ON DELETE {key.on_delete}"
    if key.on_update:
        yield f"ON UPDATE {key.on_update}"
    if key.match:
        yield f"MATCH {key.match}"
    if key.deferrable:
        yield "DEFERRABLE INITIALLY DEFERRED" if key.initially_deferred else "DEFERRABLE"
    if key.not_valid:
        yield "NOT VALID"
