"""The planning itself: one kind of thing after the other, on a schema that is carried along."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol, TypeAlias

from flaskmig.engine.comparing.matching import Equivalent, match_constraints, match_indexes
from flaskmig.engine.comparing.renames.apart import Apart
from flaskmig.engine.comparing.renames.candidate import RenameCandidate
from flaskmig.engine.comparing.renames.columns import column_candidates
from flaskmig.engine.comparing.renames.crossed import crossed_columns, crossed_tables
from flaskmig.engine.comparing.renames.doing import operation_of
from flaskmig.engine.comparing.renames.facts import Inbound, inbound_keys
from flaskmig.engine.comparing.renames.objects import (
    changed_enums,
    enum_candidates,
    sequence_candidates,
    value_candidates,
)
from flaskmig.engine.comparing.renames.saying import (
    Names,
    is_open,
    names_of,
    require_known,
    steps,
)
from flaskmig.engine.comparing.renames.tables import table_candidates
from flaskmig.engine.comparing.renames.words import (
    MAY_STAND_ALONE,
    Kind,
    Rename,
    require_consistent,
    written,
)
from flaskmig.operations import Operation
from flaskmig.schema import QualifiedName, Schema

Decide: TypeAlias = Callable[[RenameCandidate], bool]


class _HasName(Protocol):
    @property
    def name(self) -> QualifiedName: ...


@dataclass(slots=True)
class Planner:
    """The state on the way: ``schema`` is ``current`` with the renames so far."""

    schema: Schema
    desired: Schema
    words: list[Rename]
    hints: list[Rename]
    apart: Collection[Apart]
    detect: bool
    decide: Decide | None
    equivalent: Equivalent
    operations: list[Operation] = field(default_factory=list)
    candidates: list[RenameCandidate] = field(default_factory=list)
    undecided: list[RenameCandidate] = field(default_factory=list)
    used: set[Rename] = field(default_factory=set)
    reused: list[Rename] = field(default_factory=list)
    remade: list[Rename] = field(default_factory=list)
    before: dict[tuple[Kind, QualifiedName], QualifiedName] = field(default_factory=dict)

    def run(self) -> None:
        """Enums before the columns that have their type, tables before what is in them."""
        self._objects("enum", self.schema.enums, self.desired.enums)
        self._found(lambda: enum_candidates(self.schema, self.desired))
        self._values()
        self._objects("sequence", self.schema.sequences, self.desired.sequences)
        self._found(lambda: sequence_candidates(self.schema, self.desired))
        self._objects("table", self.schema.tables, self.desired.tables)
        self._found(lambda: list(crossed_tables(self.schema, self.desired)))
        self._found(lambda: table_candidates(self.schema, self.desired, self.equivalent))
        self._columns()
        for kind in ("constraint", "index"):
            self._parts(kind)

    def _objects(self, kind: Kind, before: Iterable[_HasName], after: Iterable[_HasName]) -> None:
        """Do what is said of whole tables, enums or sequences."""
        said = [rename for rename in (*self.words, *self.hints) if rename.kind == kind]
        if said:
            old = {written(named.name) for named in before}
            new = {written(named.name) for named in after}
            self._say(said, None, old, new)

    def _values(self) -> None:
        for enum in self.schema.enums:
            after = self.desired.find_enum(enum.name)
            said = self._said_of("enum_value", "enum", enum.name)
            if after is not None and said:
                self._say(said, enum.name, enum.values, after.values)
        for before, after in list(changed_enums(self.schema, self.desired)):
            self._found(partial(value_candidates, before, after))

    def _columns(self) -> None:
        self._parts("column")
        inbound: tuple[Inbound, Inbound] | None = None
        for before in self.schema.tables if self.detect else ():
            name, after = before.name, self.desired.find_table(before.name)
            if after is None or before is after or before.columns == after.columns:
                continue
            crossed = list(crossed_columns(before, after))
            if crossed:
                self._found(partial(list, crossed))
                before = self.schema.table(name)
            if set(names_of("column", before)) != set(names_of("column", after)):
                inbound = inbound or (inbound_keys(self.schema), inbound_keys(self.desired))
                self._found(partial(column_candidates, before, after, inbound, self.equivalent))

    def _parts(self, kind: Kind) -> None:
        """Do what is said of columns, constraints or indexes."""
        if not any(rename.kind == kind for rename in (*self.words, *self.hints)):
            return
        for before in self.schema.tables:
            after = self.desired.find_table(before.name)
            said = self._said_of(kind, "table", before.name)
            if said and after is not None:
                self._say(said, before.name, names_of(kind, before), names_of(kind, after))

    def _said_of(self, kind: Kind, owner_kind: Kind, name: QualifiedName) -> list[Rename]:
        """What is said of one table or enum, under its name now or the one it had before."""
        names = {self.before.get((owner_kind, name), name)}
        if name not in self.before.values():
            names.add(name)
        said = (*self.words, *self.hints)
        return [rename for rename in said if rename.kind == kind and rename.table in names]

    def _say(
        self, said: list[Rename], owner: QualifiedName | None, before: Names, after: Names
    ) -> None:
        """Check what is said and do it, in an order in which no name is taken."""
        require_consistent(replace(r, table=owner) for r in said if r in self.words)
        pairs: dict[str, str] = {}
        for rename in said:
            if rename in self.words:
                require_known(rename, before, after, said)
            elif not is_open(rename, before, after, said):
                continue
            self.used.add(rename)
            if (
                rename.kind in MAY_STAND_ALONE
                and owner is not None
                and not self._lasts(rename, owner)
            ):
                self.remade.append(rename)
                continue
            if rename.before not in pairs and rename.after not in pairs.values():
                pairs[rename.before] = rename.after
                if rename.before in after and rename.before not in {r.after for r in said}:
                    self.reused.append(rename)
        self._do(said[0].kind, owner, pairs, {*before, *after})

    def _lasts(self, rename: Rename, table: QualifiedName) -> bool:
        """Whether the constraint or index stays what it is; what is made anew has its new name."""
        before, after = self.schema.table(table), self.desired.table(table)
        if rename.kind == "index":
            pair = ([before.index(rename.before)], [after.index(rename.after)])
            return bool(match_indexes(*pair, self.equivalent).renamed)
        old = [each for each in before.constraints if each.name == rename.before]
        new = [each for each in after.constraints if each.name == rename.after]
        return bool(match_constraints(old, new, self.equivalent).renamed)

    def _do(
        self, kind: Kind, owner: QualifiedName | None, pairs: dict[str, str], taken: Names
    ) -> None:
        """Rename one to the other, in an order in which no name is taken."""
        for old, new in steps(pairs, taken):
            self._apply(Rename(kind, owner, old, new))
        if owner is None:
            for old, new in pairs.items():
                self._remember(Rename(kind, None, old, new))

    def _found(self, find: Callable[[], list[RenameCandidate]]) -> None:
        """Look for candidates of one kind and take those that are certain or agreed to."""
        if not self.detect:
            return
        taken_before: set[str] = set()
        taken_after: set[str] = set()
        for candidate in sorted(find(), key=lambda candidate: not candidate.certain):
            if candidate.before in taken_before or candidate.after in taken_after:
                continue
            if any(each.covers(rename) for each in self.apart for rename in candidate.renames):
                continue
            applied = candidate.certain
            if not applied and self.decide is not None:
                applied = self.decide(candidate)
            if applied:
                pairs = {rename.before: rename.after for rename in candidate.renames}
                taken_before |= set(pairs)
                taken_after |= set(pairs.values())
                self._do(candidate.kind, candidate.table, pairs, self._taken(candidate))
            elif self.decide is None:
                self.undecided.append(candidate)
            self.candidates.append(replace(candidate, applied=applied))

    def _taken(self, candidate: RenameCandidate) -> Names:
        """The names that a swap's third one must not be."""
        if not candidate.along:
            return ()
        both = (self.schema, self.desired)
        if candidate.kind == "column" and candidate.table is not None:
            tables = (schema.table(candidate.table) for schema in both)
            return {name for table in tables for name in names_of("column", table)}
        return {written(table.name) for schema in both for table in schema.tables}

    def _apply(self, rename: Rename) -> None:
        operation = operation_of(rename, self.schema, self.desired)
        self.schema = operation.apply(self.schema)
        self.operations.append(operation)

    def _remember(self, rename: Rename) -> None:
        if rename.table is None:
            before, after = rename.names
            self.before[rename.kind, after] = before
