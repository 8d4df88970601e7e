"""Modules that are only there while a history runs: stand-ins, and files out of the wheel."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

Modules: TypeAlias = Mapping[str, Mapping[str, Any]]


class _Files(MetaPathFinder):
    """Finds some modules below a folder, and no other."""

    def __init__(self, root: Path, names: Iterable[str]) -> None:
        self._root = root
        self._names = frozenset(names)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self._names:
            return None
        place = self._root.joinpath(*fullname.split(".")).with_suffix(".py")
        return spec_from_file_location(fullname, place)


@contextmanager
def standing_in(modules: Modules, root: Path, names: Sequence[str]) -> Iterator[None]:
    """Have imports find the stand-ins, and the modules ``names`` in files below ``root``.

    Modules are named in full; a package above one that is not said is an empty one. All of
    them are gone at the end, so that each run starts with modules that nobody has touched.
    """
    made = _made(modules, names)
    hidden = {*made, *names}
    before = {name: sys.modules.pop(name) for name in hidden if name in sys.modules}
    finder = _Files(root, names)
    sys.modules.update(made)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in hidden:
            sys.modules.pop(name, None)
        sys.modules.update(before)


def _made(modules: Modules, names: Sequence[str]) -> dict[str, ModuleType]:
    made: dict[str, ModuleType] = {}
    for name in (*modules, *(name.rpartition(".")[0] for name in names)):
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            made.setdefault(".".join(parts[:end]), ModuleType(".".join(parts[:end])))
    for name, module in made.items():
        module.__path__ = []
        vars(module).update(modules.get(name, {}))
        above, _, last = name.rpartition(".")
        if above:
            setattr(made[above], last, module)
    return made
