"""Names of Alembic's that are for programs, which a revision file can import and not use.

An application's module that a revision file imports may have them for its own purposes.
"""

from __future__ import annotations

import importlib
from typing import Any

from flaskmig.engine.files.serving import is_inside, the_real
from flaskmig.errors import UnsupportedOperationError


class Elsewhere:
    """A name of the installed Alembic; using it inside of a revision file is refused.

    Outside of one it is Alembic's, or the ImportError of a program that has none.
    """

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self._its_own()(*arguments, **options)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"{self._module}.{self._name} has no {name} here")
        return getattr(self._its_own(), name)

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        # A class of the application that extends it is for other times as well.
        theirs = the_real(self._module)
        return () if theirs is None else (getattr(theirs, self._name),)

    def __repr__(self) -> str:
        return f"<{self._module}.{self._name}, outside of revision files>"

    def _its_own(self) -> Any:
        if is_inside():
            raise UnsupportedOperationError(
                f"{self._module}.{self._name} cannot be used while a revision runs",
                hint="a revision file has op and alembic.context for the run that it is part of",
            )
        return getattr(importlib.import_module(self._module), self._name)
