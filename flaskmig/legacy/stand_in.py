"""One module that revision files import under Alembic's name."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from types import ModuleType
from typing import Any

from flaskmig.engine.files.serving import Served, not_served
from flaskmig.legacy.lending import lending

_ACTING = ("alembic.op", "alembic.context")
_MISSING = object()


class StandIn(Served):
    """A module of Alembic's as revision files see it.

    ``places`` are the modules that have its names: those in their ``__all__``, and what their
    ``find`` returns for a name, if they have one and it is not None. ``modules`` are all that
    are served, for those that are below this one.
    """

    def __init__(self, name: str, places: Sequence[str], modules: Mapping[str, ModuleType]) -> None:
        def find(attribute: str) -> Any:
            below = modules.get(f"{name}.{attribute}")
            if below is not None:
                return below
            for place in places:
                found = _found_in(importlib.import_module(place), attribute)
                if found is not _MISSING:
                    return found
            raise AttributeError(not_served(f"{name}.{attribute}"))

        def names() -> set[str]:
            sources = map(importlib.import_module, places)
            return {each for source in sources for each in source.__all__}

        super().__init__(name, find, names)

    def lending(self, loaded: ModuleType) -> AbstractContextManager[None]:
        """Have Alembic's module answer revision files, if its functions act on a run."""
        return lending(loaded) if self.__name__ in _ACTING else nullcontext()


def _found_in(source: ModuleType, attribute: str) -> Any:
    if attribute in source.__all__:
        return getattr(source, attribute)
    search = vars(source).get("find")
    found = None if search is None or attribute.startswith("__") else search(attribute)
    return _MISSING if found is None else found
