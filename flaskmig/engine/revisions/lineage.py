"""Revisions and how they hang together: parents, children, heads, labels.

`graph.Graph` stands on this and adds identifiers, paths and version rows. Pure: where the
revisions come from is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property

from flaskmig.engine.revisions.replaced import replacers
from flaskmig.engine.revisions.revision import Revision, by_id, by_label
from flaskmig.engine.revisions.running_order import newest_first
from flaskmig.errors import (
    RevisionCycleError,
    RevisionNotFoundError,
)

__all__ = ["Lineage", "Revision", "described", "reach"]

Neighbours = Callable[[str], Iterable[str]]


class Lineage:
    """Revisions by id, with the order they were given in as the order of equals.

    Raises AmbiguousRevisionError for an id or a label that two files claim,
    RevisionNotFoundError for a parent or dependency that no file has, RevisionCycleError.
    """

    def __init__(self, revisions: Iterable[Revision]) -> None:
        self._revisions = by_id(revisions)
        self._labels = by_label(self._revisions)
        self._dependencies = {
            revision.id: self._find_dependencies(revision)
            for revision in self._revisions.values()
            if revision.depends_on
        }
        self._children: dict[str, list[str]] = {id_: [] for id_ in self._revisions}
        self._dependents: dict[str, list[str]] = {}
        for revision in self._revisions.values():
            for parent in revision.parents:
                if parent not in self._revisions:
                    raise self._missing(revision, parent, "follows")
                self._children[parent].append(revision.id)
            for dependency in self._dependencies.get(revision.id, ()):
                self._dependents.setdefault(dependency, []).append(revision.id)
        self._heights = self._numbered()

    def __len__(self) -> int:
        return len(self._revisions)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._revisions

    def __iter__(self) -> Iterator[Revision]:
        """Newest first: a revision before everything that it follows."""
        return iter(self._newest_first)

    @cached_property
    def _newest_first(self) -> list[Revision]:
        return self.newest_first(self._revisions)

    # One revision ------------------------------------------------------------------------

    def revision(self, id_: str) -> Revision:
        """The revision with exactly this id; raises RevisionNotFoundError."""
        try:
            return self._revisions[id_]
        except KeyError:
            raise self.not_found(id_) from None

    def labelled(self, label: str) -> str | None:
        """The id of the revision that carries this label, or None."""
        return self._labels.get(label)

    def starting_with(self, prefix: str) -> list[str]:
        """The ids that a partial id may mean; ids of up to three characters are never partial."""
        return [id_ for id_ in self._revisions if len(id_) > 3 and id_.startswith(prefix)]

    @property
    def as_given(self) -> tuple[Revision, ...]:
        """The revisions in the order that they were given in."""
        return tuple(self._revisions.values())

    def children(self, id_: str) -> tuple[str, ...]:
        return tuple(self._children[self.revision(id_).id])

    def dependents(self, id_: str) -> tuple[str, ...]:
        """The revisions that depend on this one without following it."""
        return tuple(self._dependents.get(id_, ()))

    def dependencies(self, id_: str) -> tuple[str, ...]:
        """What a revision's ``depends_on`` names, as ids."""
        return self._dependencies.get(id_, ())

    def down(self, id_: str) -> tuple[str, ...]:
        """Everything that has to be applied right before: parents, then dependencies."""
        return self._revisions[id_].parents + self._dependencies.get(id_, ())

    def up(self, id_: str) -> list[str]:
        """Everything that needs this revision right before it."""
        dependents = self._dependents.get(id_)
        return self._children[id_] + dependents if dependents else self._children[id_]

    def labels(self, id_: str) -> frozenset[str]:
        """The branches a revision is on: a label reaches up, and down to where it branched off."""
        return self._labels_by_id.get(self.revision(id_).id, frozenset())

    @cached_property
    def _labels_by_id(self) -> Mapping[str, frozenset[str]]:
        reach: dict[str, set[str]] = {}
        for label, carrier in self._labels.items():
            for id_ in self.descendants([carrier], dependencies=False) | self._down_to_fork(
                carrier
            ):
                reach.setdefault(id_, set()).add(label)
        return {id_: frozenset(labels) for id_, labels in reach.items()}

    def _down_to_fork(self, id_: str) -> set[str]:
        stretch: set[str] = set()
        here: str | None = id_
        while here is not None and len(self.up(here)) < 2 and not self._revisions[here].is_merge:
            stretch.add(here)
            here = next(iter(self._revisions[here].parents), None)
        return stretch

    # The whole ---------------------------------------------------------------------------

    @cached_property
    def replacers(self) -> Mapping[str, Revision]:
        """The revision that replaces another one, by the id of that."""
        return replacers(self._revisions.values())

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Revisions that none follows."""
        return tuple(id_ for id_, children in self._children.items() if not children)

    @cached_property
    def effective_heads(self) -> tuple[str, ...]:
        """Heads that no other revision depends on: what the version table holds at the end."""
        return tuple(id_ for id_ in self.heads if id_ not in self._dependents)

    @cached_property
    def bases(self) -> tuple[str, ...]:
        """Revisions that follow none."""
        return tuple(id_ for id_, revision in self._revisions.items() if not revision.parents)

    @cached_property
    def branch_points(self) -> tuple[str, ...]:
        """Revisions that several follow, newest first."""
        return tuple(r.id for r in self if len(self._children[r.id]) > 1)

    # Sets of revisions -------------------------------------------------------------------

    def ancestors(self, ids: Iterable[str], *, dependencies: bool = True) -> set[str]:
        """These and everything below them."""
        return reach(ids, self.down if dependencies else self._parents)

    def descendants(self, ids: Iterable[str], *, dependencies: bool = True) -> set[str]:
        """These and everything above them."""
        return reach(ids, self.up if dependencies else self._children.__getitem__)

    def lineage(self, ids: Collection[str], *, dependencies: bool = False) -> set[str]:
        """These, everything below and everything above: what ``label@`` restricts to."""
        return self.ancestors(ids, dependencies=dependencies) | self.descendants(
            ids, dependencies=dependencies
        )

    def topmost(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of ``ids`` that no other of them implies."""
        ids = set(ids)
        if len(ids) < 2:
            return frozenset(ids)
        implied = self.ancestors(below for id_ in ids for below in self.down(id_))
        return frozenset(ids - implied)

    def newest_first(self, ids: Collection[str]) -> list[Revision]:
        """These revisions, each before everything that it follows or depends on."""
        return [self._revisions[id_] for id_ in newest_first(self, ids)]

    def is_implied(self, id_: str, ids: Iterable[str]) -> bool:
        """Whether the revision is one of ``ids``, or one of them is above it."""
        least = self._heights[id_]
        seen = {each for each in ids if self._heights[each] >= least}
        todo = list(seen)
        while todo and id_ not in seen:
            for below in self.down(todo.pop()):
                if below not in seen and self._heights[below] >= least:
                    seen.add(below)
                    todo.append(below)
        return id_ in seen

    def height(self, id_: str) -> int:
        """A number that is greater than that of everything below the revision."""
        return self._heights[id_]

    def _parents(self, id_: str) -> tuple[str, ...]:
        return self._revisions[id_].parents

    # What can be wrong -------------------------------------------------------------------

    def not_found(self, identifier: str) -> RevisionNotFoundError:
        """The error for an identifier that names nothing, with the nearest names as its hint."""
        squashed = self.replacers.get(identifier)
        if squashed is not None:
            return RevisionNotFoundError(
                f"revision {identifier!r} is one of {len(squashed.replaces) + 1} that revision "
                f"{squashed.id} replaces, and no step of its own any more",
                identifier=identifier,
                hint=f"name {squashed.id}, or a revision above or below it",
            )
        names = [*self._revisions, *self._labels]
        near = get_close_matches(identifier, names, n=3, cutoff=0.6) if len(names) < 5000 else []
        hint = f"did you mean {' or '.join(near)}?" if near else "`flask db history` lists them"
        if not self._revisions:
            hint = "there are no revision files yet; `flask db migrate` writes the first one"
        return RevisionNotFoundError(
            f"there is no revision or branch {identifier!r}", identifier=identifier, hint=hint
        )

    def _missing(self, revision: Revision, name: str, verb: str) -> RevisionNotFoundError:
        squashed = self.replacers.get(name)
        if squashed is not None:
            return RevisionNotFoundError(
                f"revision {revision.id} ({revision.path or 'no file'}) {verb} {name!r}, which "
                f"revision {squashed.id} replaces",
                identifier=name,
                hint=f"see that it fits there, and have it follow {squashed.id} or a later one; a "
                "database that has it already goes back below it first, with the files from before",
            )
        near = self.not_found(name).hint if len(self) > 1 else ""
        return RevisionNotFoundError(
            f"revision {revision.id} ({revision.path or 'no file'}) {verb} {name!r}, "
            "which no file has",
            identifier=name,
            hint=f"bring the file of {name} back, or correct {revision.path or revision.id}"
            + (f"; {near}" if near.startswith("did you") else ""),
        )

    def _find_dependencies(self, revision: Revision) -> tuple[str, ...]:
        found = []
        for name in revision.depends_on:
            id_ = name if name in self._revisions else self._labels.get(name)
            if id_ is None:
                raise self._missing(revision, name, "depends on")
            found.append(id_)
        return tuple(dict.fromkeys(found))

    def _numbered(self) -> Mapping[str, int]:
        """The revisions from the bottom; raises RevisionCycleError where there is none."""
        waiting = {id_: len(down) for id_ in self._revisions if (down := self.down(id_))}
        ready = [id_ for id_ in self._revisions if id_ not in waiting]
        # It grows while it is gone through.
        for here in ready:
            for above in self.up(here):
                waiting[above] -= 1
                if not waiting[above]:
                    del waiting[above]
                    ready.append(above)
        if waiting:
            raise self._cycle(waiting)
        return {id_: number for number, id_ in enumerate(ready)}

    def _cycle(self, waiting: Collection[str]) -> RevisionCycleError:
        # From any revision that is left, going down stays among those left and so ends in the
        # cycle itself, not in what merely stands on it.
        here = next(iter(waiting))
        path: dict[str, int] = {}
        while here not in path:
            path[here] = len(path)
            here = next(id_ for id_ in self.down(here) if id_ in waiting)
        cycle = list(path)[path[here] :]
        files = ", ".join(self._revisions[id_].path or id_ for id_ in cycle)
        return RevisionCycleError(
            f"revisions are their own ancestors: {' -> '.join([*cycle, cycle[0]])}",
            revisions=cycle,
            hint=f"correct down_revision or depends_on in one of: {files}",
        )


def reach(ids: Iterable[str], neighbours: Neighbours) -> set[str]:
    """These and everything that is reached from them."""
    seen = set(ids)
    todo = list(seen)
    while todo:
        for id_ in neighbours(todo.pop()):
            if id_ not in seen:
                seen.add(id_)
                todo.append(id_)
    return seen


def described(lineage: Lineage, ids: Iterable[str]) -> str:
    """Ids with their messages, for errors: "1975ea (add email), 27c6a3 (users)"."""
    texts = []
    for id_ in ids:
        message = lineage.revision(id_).message
        texts.append(f"{id_} ({message})" if message else id_)
    return ", ".join(texts)
