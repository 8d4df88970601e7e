"""Applied revisions that follow others by now than those that they were applied after.

What the version table implies is looked up in the files. Where the file of an applied revision
was moved behind one that never ran, that one would count as applied, and be skipped for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from flaskmig.engine.revisions.graph import Graph
from flaskmig.engine.revisions.lineage import reach
from flaskmig.engine.revisions.replaced import Replaced, replacers

Followed = Mapping[str, tuple[str, ...]]
IsRenamed = Callable[[str, str], bool]


def moved(
    graph: Graph,
    rows: Collection[str],
    followed: Followed,
    *,
    replaced: Callable[[], Replaced],
    is_renamed: IsRenamed = lambda old, new: False,
    done: Collection[str] = (),
) -> dict[str, tuple[str, ...]]:
    """The revisions that count as applied and never ran, the oldest first, by what implies them.

    ``rows`` are the version rows; ``followed`` has the parents that each revision had when it was
    applied here, for those of which that is known; ``done`` are others that were run. ``replaced``
    gives the old revisions that are kept beside squashed ones, and is asked only where that
    decides; ``is_renamed`` says whether a file is the one of a revision whose file is gone.
    """
    changed = {
        id_: parents
        for id_, parents in followed.items()
        if id_ in graph and parents != graph.revision(id_).parents
    }
    walk = _Walk(graph, followed, changed, replaced, is_renamed)
    ran = walk.below([*rows, *followed, *done])
    applied = graph.ancestors(row for row in rows if row in graph)
    found = {}
    for id_ in changed:
        fresh = [each for each in graph.revision(id_).parents if each not in ran]
        if id_ in applied and fresh:
            skipped = reach(fresh, lambda each: set(graph.down(each)) - ran)
            found[id_] = tuple(each.id for each in reversed(graph.newest_first(skipped)))
    return found


class _Walk:
    """The way down from what is applied, along what each revision followed when it was."""

    def __init__(
        self,
        graph: Graph,
        followed: Followed,
        changed: Followed,
        replaced: Callable[[], Replaced],
        is_renamed: IsRenamed,
    ) -> None:
        self._graph = graph
        self._followed = followed
        self._changed = changed
        self._replaced = replaced
        self._is_renamed = is_renamed
        self._replacers = replacers(graph)

    def below(self, ids: Collection[str]) -> set[str]:
        """These and everything that was below them."""
        return reach(ids, self._down)

    def _down(self, id_: str) -> Iterator[str]:
        if id_ not in self._graph:
            yield from self._followed.get(id_, ())
            if id_ in self._replacers:
                yield from self._below_squashed(self._replacers[id_].id)
        elif id_ in self._changed:
            yield from self._graph.dependencies(id_)
            yield from self._former_parents(id_)
        else:
            yield from self._graph.down(id_)

    def _former_parents(self, id_: str) -> Iterator[str]:
        now = self._graph.revision(id_)
        for parent in self._changed[id_]:
            if parent in now.replaces:
                # It was applied before it was squashed, at the end of what it replaces.
                yield from self._below_squashed(id_)
                continue
            yield parent
            if parent not in self._graph:
                yield from (new for new in now.parents if self._is_renamed(parent, new))

    def _below_squashed(self, id_: str) -> Iterator[str]:
        """What the revisions followed that a squashed one replaces; as it does, if nobody knows."""
        squashed = self._graph.revision(id_)
        layer = self._replaced().layer(squashed)
        inside = {each for part in layer for each in (part.id, *part.replaces)}
        below = [each for part in layer for each in part.parents] if layer else squashed.parents
        yield from (each for each in below if each not in inside)
