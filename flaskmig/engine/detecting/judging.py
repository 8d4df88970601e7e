"""The tables that are in a database just as models want them, found by their outlines.

What stands for a column in an outline of models and in one of the database is judged once for
each pair of them that is met, by the same comparison that whole tables go through, and so is
each pair of texts of checks. There is no other rule for what is the same. A table with anything
that is not surely the same is left to be read in full.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from flaskmig.engine.detecting.pairing import Candidate, CheckPair, Pair, Pairing
from flaskmig.engine.detecting.unchanged import ColumnOf, Unchanged
from flaskmig.engine.models.outlines import OutlinedModels, kind_column
from flaskmig.operations import AddConstraint, AlterColumn, DropConstraint, Operation
from flaskmig.schema import Column, Constraint, Schema, Table
from flaskmig.schema.outline import CheckOutline, Outline

# The operations that make the second of the first, less what is only spelled otherwise.
Judge: TypeAlias = Callable[[Schema, Schema], Iterable[Operation]]


def find_unchanged(
    models: OutlinedModels, stored: Iterable[Outline], stored_column: ColumnOf, judge: Judge
) -> Unchanged:
    """The tables of the models that the database has just so."""
    pairing = Pairing()
    candidates = [
        candidate
        for outline in stored
        if (wanted := models.outlines.get(outline.name)) is not None
        and (candidate := pairing.candidate(wanted, outline)) is not None
    ]
    differing = _Judgement(models, stored_column, judge).differing(candidates)
    return Unchanged(
        {
            each.stored.name: each
            for each in candidates
            if not differing or differing.isdisjoint((*each.pairs, *each.checks))
        },
        stored_column,
        models.enums,
    )


@dataclass(slots=True)
class _Judgement:
    """Puts what was not met before to the judge, as parts of the tables where it was met."""

    models: OutlinedModels
    stored_column: ColumnOf
    judge: Judge

    def differing(self, candidates: Iterable[Candidate]) -> set[Pair | CheckPair]:
        """The pairs that are not surely the same."""
        known = set[Pair | CheckPair]()
        parts: list[_Part] = []
        for each in candidates:
            part = _Part(each)
            if not known.issuperset(each.pairs):
                for name, pair in zip(each.wanted.columns, each.pairs, strict=True):
                    if pair not in known:
                        known.add(pair)
                        if kind_column(pair[0]) != self._stored(pair[1]):
                            part.columns[name] = pair
            if not known.issuperset(each.checks):
                part.checks += [check for check in each.checks if check not in known]
                known.update(each.checks)
            if part.columns or part.checks:
                parts.append(part)
        return self._differing(parts) if parts else set()

    def _stored(self, facts: Hashable) -> Column:
        return replace(self.stored_column(facts), name="_", comment=None)

    def _differing(self, parts: list[_Part]) -> set[Pair | CheckPair]:
        names = [part.candidate.stored.name for part in parts]
        enums = {enum.name: enum for name in names for enum in self.models.enums.get(name, ())}
        current = Schema(
            tables=tuple(part.stored(self.stored_column) for part in parts),
            enums=tuple(enums.values()),
        )
        desired = Schema(tables=tuple(part.wanted() for part in parts), enums=tuple(enums.values()))
        found = set[Pair | CheckPair]()
        changed = dict(zip(names, parts, strict=True))
        for operation in self.judge(current, desired):
            if isinstance(operation, AlterColumn):
                found.add(changed[operation.table].all_columns[operation.before.name])
            else:
                assert isinstance(operation, AddConstraint | DropConstraint)
                found.add(changed[operation.table].check(operation.constraint))
        return found


@dataclass(slots=True)
class _Part:
    """What of a table is judged there: some columns, some checks and the columns they name."""

    candidate: Candidate
    columns: dict[str, Pair] = field(default_factory=dict)
    checks: list[CheckPair] = field(default_factory=list)

    @property
    def all_columns(self) -> dict[str, Pair]:
        """Those in question, and those that the checks name."""
        return self.columns | {name: pair for check in self.checks for name, pair in check[2]}

    def check(self, constraint: Constraint) -> CheckPair:
        """The check that one of `wanted` or `stored` stands for."""
        assert constraint.name is not None
        return self.checks[int(constraint.name)]

    def wanted(self) -> Table:
        kinds = [kind for kind, _ in self.all_columns.values()]
        return self._table(kinds, [text for text, _, _ in self.checks], kind_column)

    def stored(self, column: ColumnOf) -> Table:
        facts = [facts for _, facts in self.all_columns.values()]
        return self._table(facts, [text for _, text, _ in self.checks], column)

    def _table(self, facts: list[Hashable], checks: list[str], column: ColumnOf) -> Table:
        outline = Outline(
            name=self.candidate.stored.name,
            columns=tuple(self.all_columns),
            facts=tuple(facts),
            checks=tuple(CheckOutline(str(n), text) for n, text in enumerate(checks)),
        )
        return outline.table(column)
