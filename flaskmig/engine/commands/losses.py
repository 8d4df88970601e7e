"""Metadata that lost most of its tables at once: an import mistake more often than a wish."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flaskmig.errors import ConfigurationError
from flaskmig.operations import CreateTable, DropTable

if TYPE_CHECKING:
    from flaskmig.engine.detecting.differences import Diff
    from flaskmig.schema import QualifiedName

# So few that a project may well drop them in one go.
_FEW = 2
_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class MassLoss:
    """Tables that would be dropped, out of how many; ``elsewhere`` says which bind has them now."""

    tables: tuple[str, ...]
    managed: int
    has_models: bool
    elsewhere: Mapping[str, str]

    @property
    def message(self) -> str:
        names = ", ".join(self.tables[:_SHOWN])
        more = len(self.tables) - _SHOWN
        names += f" and {more} more" if more > 0 else ""
        if not self.has_models:
            return f"there are no models at all, and this would drop {names}"
        number, of = len(self.tables), self.managed
        how_many = f"all {of}" if number == of else f"{number} of the {of}"
        return f"the models have lost {how_many} tables at once, and this would drop {names}"

    @property
    def causes(self) -> str:
        """Why the models may lack them."""
        found = [
            f"{table} is in the models of the bind {bind!r}"
            for table, bind in sorted(self.elsewhere.items())[:_SHOWN]
        ]
        return f"{'; '.join(found)}; see its __bind_key__" if found else likely_causes()

    @property
    def flags(self) -> str:
        """What says that it is meant."""
        return " ".join(f"--drop {table}" for table in self.tables)


def mass_loss(
    found: Diff,
    managed: Collection[QualifiedName],
    drops: Collection[str],
    models: Mapping[str, Collection[str]],
    bind: str,
) -> MassLoss | None:
    """The loss, where the models lack too much for a wish; ``drops`` are tables that are meant.

    ``managed`` are the tables that revisions created, ``models`` the names of the tables in
    the models of each bind. Without any model one table is too much; else it is all tables of
    several, or most and at least three.
    """
    made = {each.table.name for each in found.operations if isinstance(each, CreateTable)}
    lost = [
        each.table.name
        for each in found.operations
        if isinstance(each, DropTable)
        and each.table.name not in made
        and str(each.table.name) not in drops
    ]
    total = len(found.sides.current_tables.intersection(managed))
    has_models = bool(models.get(bind))
    is_all = len(lost) == total >= _FEW
    is_most = len(lost) > _FEW and 2 * len(lost) > total
    if not lost or (has_models and not is_all and not is_most):
        return None
    names = tuple(map(str, lost))
    elsewhere = {
        name: other
        for other, tables in models.items()
        if other != bind
        for name in names
        if name in tables
    }
    return MassLoss(tables=names, managed=total, has_models=has_models, elsewhere=elsewhere)


def refuse(loss: MassLoss | None) -> None:
    """Raise ConfigurationError where there is one."""
    if loss is not None:
        raise ConfigurationError(
            loss.message,
            hint=f"{loss.causes}. To drop them nevertheless: {loss.flags}",
        )


def likely_causes() -> str:
    """Why the metadata of a project may lack tables."""
    return (
        "import the modules with the models before the command runs (in the application "
        "factory); see that they belong to the db or metadata that Migrate was given; and look "
        "at their __bind_key__"
    )
