"""Revisions that one of them replaces, and histories in which they stand in its place again.

A squashed revision has the id of the last one that it replaces, so that databases above and below
know nothing of it. One that is in the middle goes on along the old revisions, as long as their
files are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from flaskmig.engine.revisions.revision import Revision


def without_replaced(revisions: Iterable[Revision]) -> list[Revision]:
    """The revisions less those that another of them replaces."""
    there = list(revisions)
    gone = {id_ for each in there for id_ in each.replaces}
    return [each for each in there if each.id not in gone] if gone else there


def replacers(revisions: Iterable[Revision]) -> Mapping[str, Revision]:
    """What replaces a revision, by the id of that."""
    return {id_: each for each in revisions for id_ in each.replaces}


@dataclass(frozen=True, slots=True)
class Replaced:
    """The old revisions that are kept: each layer is what one squashed revision replaces.

    One of a layer has the id that the squashed revision has now.
    """

    layers: tuple[tuple[Revision, ...], ...] = ()

    def layer(self, squashed: Revision) -> tuple[Revision, ...]:
        """What a revision replaces, with what had its own id; () where files of it are gone.

        Of what was squashed before, that is the revision that it had become.
        """
        wanted = {squashed.id, *squashed.replaces}
        for layer in self.layers:
            found = {id_ for each in layer for id_ in (each.id, *each.replaces)}
            if found == wanted and squashed.id in {each.id for each in layer}:
                return layer
        return ()

    def former(self, squashed: Revision) -> Iterator[Revision]:
        """What had the id of a revision before it, the newest first."""
        for each in self.layer(squashed) if squashed.replaces else ():
            if each.id == squashed.id:
                yield each
                yield from self.former(each)

    def expanded(self, revisions: Iterable[Revision], rows: Collection[str]) -> list[Revision]:
        """The history with the old revisions wherever ``rows`` is in the middle of them.

        Where their files are gone it stays as it is, and the row is of no revision.
        """
        found: list[Revision] = []
        for each in revisions:
            layer = self.layer(each) if each.replaces else ()
            if layer and not set(each.replaces).isdisjoint(rows):
                found += self.expanded(layer, rows)
            else:
                found.append(each)
        return found
