"""Rings in a graph of links, and the few links to cut so that there are none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set

from flaskmig.schema import QualifiedName

Links = Mapping[QualifiedName, Set[QualifiedName]]


def links_to_cut(links: Links) -> list[tuple[QualifiedName, QualifiedName]]:
    """The links (from, to) without which every object can come after those it links to.

    Only links that close a ring are cut, and the same ones for the same links in any order.
    """
    waiting = {name: set(links[name]) for name in sorted(links)}
    dependents: dict[QualifiedName, set[QualifiedName]] = defaultdict(set)
    for name, targets in waiting.items():
        for target in targets:
            dependents[target].add(name)
    cut: list[tuple[QualifiedName, QualifiedName]] = []
    ready = [name for name, targets in waiting.items() if not targets]
    while waiting:
        while ready:
            done = ready.pop()
            del waiting[done]
            for name in dependents[done]:
                if name in waiting:
                    waiting[name].discard(done)
                    if not waiting[name]:
                        ready.append(name)
        if waiting:
            name, target = _weakest(_ring(waiting), waiting)
            cut.append((name, target))
            waiting[name].discard(target)
            dependents[target].discard(name)
            if not waiting[name]:
                ready.append(name)
    return cut


def _ring(waiting: Links) -> list[QualifiedName]:
    """Some ring, found by following links from the first object that waits."""
    name = next(iter(waiting))
    places: dict[QualifiedName, int] = {}
    path: list[QualifiedName] = []
    while name not in places:
        places[name] = len(path)
        path.append(name)
        name = min(waiting[name])
    return path[places[name] :]


def _weakest(ring: list[QualifiedName], waiting: Links) -> tuple[QualifiedName, QualifiedName]:
    """The link of the ring whose object waits for the fewest others."""
    links = zip(ring, (*ring[1:], ring[0]), strict=True)
    return min(links, key=lambda link: (len(waiting[link[0]]), link[0].schema or "", link[0].name))
