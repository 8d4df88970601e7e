"""The graph of revisions: what an identifier means, which revisions a run takes, and the rows
that the version table then holds.

Pure: headers come from `scripts`, rows from `history`. Rows are those that Alembic keeps, so that
either tool can go on from them: the topmost applied revisions, one row each; what they imply as
ancestors or dependencies has none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from flaskmig.engine.revisions import identifiers
from flaskmig.engine.revisions.identifiers import Relative
from flaskmig.engine.revisions.lineage import Lineage, described, reach
from flaskmig.engine.revisions.revision import Revision
from flaskmig.errors import RevisionError

__all__ = ["Graph", "Revision"]


class Graph(Lineage):
    """Revisions, and the answers to everything that is asked about them.

    ``current`` and ``rows`` are the rows of a version table; a row that no revision has raises
    RevisionNotFoundError.
    """

    def resolve(self, identifier: str | None, current: Collection[str] = ()) -> tuple[str, ...]:
        """The ids that an identifier means; () for base. See `identifiers.resolve`."""
        return identifiers.resolve(self, identifier, current)

    def resolve_one(self, identifier: str, current: Collection[str] = ()) -> str:
        """The one id that an identifier means; raises where it means none or several."""
        return identifiers.resolve_one(self, identifier, current)

    def resolve_all(
        self, given: Iterable[str | None], current: Collection[str] = ()
    ) -> tuple[str, ...]:
        """The ids that several identifiers mean together, each once."""
        return tuple(
            dict.fromkeys(id_ for identifier in given for id_ in self.resolve(identifier, current))
        )

    # Which revisions ---------------------------------------------------------------------

    def upgrade_path(self, current: Collection[str], target: str | Sequence[str]) -> list[Revision]:
        """The revisions that are missing for ``target``, in running order.

        Dependencies come along. Nothing is missing where ``target`` is applied already.
        """
        wanted = [target] if isinstance(target, str) else target
        for identifier in wanted:
            relative = identifiers.parse_relative(self, identifier)
            if relative is not None and relative.symbol is None and relative.steps < 0:
                raise _wrong_way(relative, "upgrade", "downgrade")
        targets, applied = self.resolve_all(wanted, current), self._applied(current)
        missing = reach(
            (id_ for id_ in targets if id_ not in applied),
            lambda id_: [below for below in self.down(id_) if below not in applied],
        )
        return self.newest_first(missing)[::-1]

    def downgrade_path(self, current: Collection[str], target: str) -> list[Revision]:
        """The applied revisions above ``target``, in the order in which they are undone.

        What depends on one of them goes too. ``-1`` undoes one revision, also a merge.

        Raises RevisionError where ``target`` is not below ``current``.
        """
        active = self._applied(current)
        relative = identifiers.parse_relative(self, target)
        if relative is not None and relative.symbol is None:
            roots = [self._lowest_undone(relative, current)]
            return self.newest_first(self.descendants(roots) & active)
        ends = self.resolve(target, current)
        if len(ends) > 1:
            raise identifiers.several_heads(self, target, ends)
        roots = list(self.children(ends[0]) if ends else self.bases)
        branch = relative.branch if relative else target.rpartition("@")[0]
        if branch and len(roots) > 1:
            below = self.ancestors([identifiers.branch_of(self, branch)], dependencies=False)
            roots = [id_ for id_ in roots if id_ in below]
            if not roots:
                raise self._not_below(current, target)
        undone = self.descendants(roots) & active
        if ends and not undone and ends[0] not in current:
            raise self._not_below(current, target)
        return self.newest_first(undone)

    def range(self, text: str, current: Collection[str] = ()) -> list[Revision]:
        """The revisions of ``a:b``, both ends included, newest first.

        An empty end is base or heads. A relative lower end counts down from the upper one
        (``-3:current``), a relative upper end up from the lower one (``current:+2``); both stop
        where the history does.

        Raises RevisionError where the ends are not on one line.
        """
        lower_text, colon, upper_text = text.partition(":")
        if not colon or ":" in upper_text:
            raise RevisionError(
                f"{text!r} is no range of revisions", hint="write START:END, START: or :END"
            )
        lower_relative = identifiers.parse_relative(self, lower_text)
        upper_relative = identifiers.parse_relative(self, upper_text)
        if upper_relative is not None and upper_relative.symbol is None:
            lower = self.resolve(lower_text or "base", current)
            upper = self._end(upper_relative, lower, up=True)
        else:
            upper = self.resolve(upper_text or "heads", current)
            if lower_relative is not None and lower_relative.symbol is None:
                lower = self._end(lower_relative, upper, up=False)
            else:
                lower = self.resolve(lower_text or "base", current)
        branch = lower_text.rpartition("@")[0]
        if branch:
            line = identifiers.branch_line(self, branch)
            upper = tuple(id_ for id_ in upper if id_ in line)
        return self.newest_first(self._between(text, lower, upper))

    # Version rows ------------------------------------------------------------------------

    def rows_after_upgrade(self, rows: Collection[str], revision: str) -> frozenset[str]:
        """The rows once ``revision`` is applied on top of ``rows``."""
        return frozenset(rows) - set(self.down(revision)) | {revision}

    def rows_after_downgrade(self, rows: Collection[str], revision: str) -> frozenset[str]:
        """The rows once ``revision``, one of ``rows``, is undone; raises RevisionError if not one.

        What was below it gets a row again, unless something else that is applied implies it.
        """
        if revision not in rows:
            raise RevisionError(
                f"revision {revision} cannot be undone: the version table does not have it",
                hint="`flask db current` shows what it has",
            )
        others = set(rows) - {revision}
        below = list(dict.fromkeys(self.down(revision)))
        shared = [id_ for id_ in below if set(self.up(id_)) != {revision}]
        if shared and (others or len(below) > 1):
            above = [*others, *(deeper for id_ in below for deeper in self.down(id_))]
            below = [id_ for id_ in below if not self.is_implied(id_, above)]
        return frozenset(others | set(below))

    def rows_after_stamp(self, rows: Collection[str], targets: Sequence[str]) -> frozenset[str]:
        """The rows once ``targets`` (identifiers) are declared to be applied, and no more.

        Only rows on the lines of the targets are replaced; ``base`` takes all away and
        ``label@base`` those of that branch. No targets mean base.
        """
        kept = set(rows)
        stamped: set[str] = set()
        for identifier in targets or ("base",):
            ids = self.resolve(identifier, rows)
            branch = identifier.rpartition("@")[0]
            anchors = ids or ((identifiers.branch_of(self, branch),) if branch else ())
            if not anchors and identifier != "heads":
                kept.clear()
            for id_ in anchors:
                kept -= self.lineage([id_], dependencies=True)
            stamped.update(ids)
        return self.topmost(stamped) | frozenset(kept)

    # Parts -------------------------------------------------------------------------------

    def _applied(self, current: Collection[str]) -> set[str]:
        return self.ancestors(self.revision(id_).id for id_ in current)

    def _lowest_undone(self, relative: Relative, current: Collection[str]) -> str:
        if relative.steps >= 0:
            raise _wrong_way(relative, "downgrade", "upgrade")
        start = identifiers.start_of(self, relative, current)
        # All but the last step: the revision that is reached is undone too, and may be a merge.
        steps = abs(relative.steps) - 1
        lowest = identifiers.walk(self, start, relative, steps=steps)
        if lowest is None:
            raise identifiers.too_far(relative, steps)
        return lowest

    def _end(self, relative: Relative, other: Sequence[str], *, up: bool) -> tuple[str, ...]:
        if up != (relative.steps > 0):
            side = "upper" if up else "lower"
            raise RevisionError(
                f"{relative.text!r} cannot be the {side} end of a range",
                hint="the lower end counts down from the upper one, as in -3:current; "
                "the upper one up from the lower, as in current:+2",
            )
        start = identifiers.start_of(self, relative, other)
        end = identifiers.walk(self, start, relative, clamp=True)
        return () if end is None else (end,)

    def _between(self, text: str, lower: Sequence[str], upper: Sequence[str]) -> set[str]:
        reached = self.ancestors(upper)
        if not lower:
            return reached
        if not reached.issuperset(lower):
            raise RevisionError(
                f"the ends of {text!r} are not on one line: {described(self, lower)} is not "
                f"below {described(self, upper) or 'base'}",
                hint="`flask db history` shows how they follow each other",
            )
        above = self.descendants(lower, dependencies=False)
        return ((reached - self.ancestors(lower)) | set(lower)) & above

    def _not_below(self, current: Collection[str], target: str) -> RevisionError:
        here = described(self, sorted(current)) or "base"
        return RevisionError(
            f"cannot downgrade to {target!r}: it is not below what is applied ({here})",
            hint="`flask db current` shows what is applied, `flask db history` the order",
        )


def _wrong_way(relative: Relative, verb: str, other: str) -> RevisionError:
    return RevisionError(
        f"{relative.text!r} is no target for {verb}",
        hint=f"`flask db {other} -- {relative.text}` goes that way"
        if relative.steps < 0
        else f"`flask db {other} {relative.text}` goes that way",
    )
