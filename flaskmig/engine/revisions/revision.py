"""One revision, as the header of its file describes it, and revisions by what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flaskmig.errors import AmbiguousRevisionError


class Revision(NamedTuple):
    """What the header of a revision file says; ``depends_on`` as written, ids or labels.

    It is a tuple because there are thousands of them, and those are made at once.

    ``replaces`` are the revisions that it does the work of, beside what had its own id before.
    ``created`` is the text after "Create Date:", ``path`` the file, for messages.
    """

    id: str
    parents: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    branch_labels: frozenset[str] = frozenset()
    replaces: tuple[str, ...] = ()
    message: str = ""
    doc: str = ""
    created: str | None = None
    path: str = ""

    @property
    def is_merge(self) -> bool:
        return len(self.parents) > 1


def by_id(revisions: Iterable[Revision]) -> dict[str, Revision]:
    """Revisions by id; raises AmbiguousRevisionError for an id that two files claim."""
    found: dict[str, Revision] = {}
    for revision in revisions:
        other = found.setdefault(revision.id, revision)
        if other is not revision:
            raise AmbiguousRevisionError(
                f"two files claim the revision id {revision.id}: {other.path} and {revision.path}",
                identifier=revision.id,
                candidates=(other.path, revision.path),
                hint="give one of them another id, and correct the files that follow it",
            )
    return found


def by_label(revisions: Mapping[str, Revision]) -> dict[str, str]:
    """The ids of those that carry a label; raises AmbiguousRevisionError for one used twice."""
    found: dict[str, str] = {}
    for revision in (each for each in revisions.values() if each.branch_labels):
        for label in sorted(revision.branch_labels):
            other = label if label in revisions else found.get(label)
            if other is not None:
                raise AmbiguousRevisionError(
                    f"the branch label {label!r} of revision {revision.id} already names "
                    f"revision {other}",
                    identifier=label,
                    candidates=(other, revision.id),
                    hint="a label is unique; change one of them",
                )
            found[label] = revision.id
    return found
