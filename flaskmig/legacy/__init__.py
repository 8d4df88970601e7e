"""What ``alembic`` means inside of a revision file, whether or not Alembic is installed.

`modules` is handed down in `Project.modules`; `flaskmig.engine.files.serving` has imports find
it while a revision file loads and runs, and never outside of that. What a module holds is loaded
when it is first asked for, so that commands that run no revision do not pay for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType, ModuleType

from flaskmig.legacy.places import PLACES
from flaskmig.legacy.stand_in import StandIn


@cache
def modules() -> Mapping[str, ModuleType]:
    """The modules that revision files import as ``alembic`` and ``alembic.…``, by full name."""
    found: dict[str, ModuleType] = {}
    found.update((name, StandIn(name, places, found)) for name, places in PLACES.items())
    return MappingProxyType(found)
