"""From words and candidates to the renames that are done first."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

from flaskmig.engine.comparing.expressions import rename_in
from flaskmig.engine.comparing.matching import Equivalent
from flaskmig.engine.comparing.renames.candidate import RenameCandidate
from flaskmig.engine.comparing.renames.columns import Inbound, column_candidates, inbound_keys
from flaskmig.engine.comparing.renames.objects import (
    changed_enums,
    enum_candidates,
    sequence_candidates,
    value_candidates,
)
from flaskmig.engine.comparing.renames.tables import table_candidates
from flaskmig.engine.comparing.renames.words import (
    Kind,
    Rename,
    require_consistent,
    unknown,
    written,
)
from flaskmig.errors import ConfigurationError
from flaskmig.operations import (
    Operation,
    RenameColumn,
    RenameEnum,
    RenameEnumValue,
    RenameSequence,
    RenameTable,
)
from flaskmig.schema import Named, QualifiedName, Schema, Table

Decide: TypeAlias = Callable[[RenameCandidate], bool]
Names: TypeAlias = Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renames:
    """The renames to do first, and what was found on the way.

    ``candidates`` are those that detection found, applied or not; ``undecided`` are the ones
    that nobody was asked about and that stay drop and add; ``stale`` are hints in models whose
    rename is done already, or has nothing to rename.
    """

    operations: tuple[Operation, ...] = ()
    candidates: tuple[RenameCandidate, ...] = ()
    undecided: tuple[RenameCandidate, ...] = ()
    stale: tuple[Rename, ...] = ()


def plan_renames(
    current: Schema,
    desired: Schema,
    *,
    words: Sequence[Rename] = (),
    hints: Sequence[Rename] = (),
    detect: bool = True,
    decide: Decide | None = None,
    equivalent: Equivalent = operator.eq,
) -> Renames:
    """The renames that lead from ``current`` towards ``desired``; `compare` finds the rest.

    ``words`` are said outright. ``hints`` are the same from models, where they may be left over
    from a rename that is done. ``detect`` looks for more: certain ones are applied, others are
    put to ``decide`` where it is given. ``equivalent`` compares SQL expressions.

    Raises ConfigurationError for a word that names nothing, or words that contradict.
    """
    require_consistent(words)
    planner = _Planner(current, desired, list(words), list(hints), detect, decide, equivalent)
    planner.run()
    for rename in planner.words:
        if rename not in planner.used:
            kind = "enum" if rename.kind == "enum_value" else "table"
            there = [str(enum.name) for enum in current.enums]
            if kind == "table":
                there = [str(table.name) for table in current.tables]
            what = f"no {kind} {rename.table} is on both sides"
            raise unknown(rename, what, str(rename.table), there)
    return Renames(
        operations=tuple(planner.operations),
        candidates=tuple(planner.candidates),
        undecided=tuple(planner.undecided),
        stale=tuple(hint for hint in planner.hints if hint not in planner.used),
    )


@dataclass(slots=True)
class _Planner:
    """The state on the way: ``schema`` is ``current`` with the renames so far."""

    schema: Schema
    desired: Schema
    words: list[Rename]
    hints: list[Rename]
    detect: bool
    decide: Decide | None
    equivalent: Equivalent
    operations: list[Operation] = field(default_factory=list)
    candidates: list[RenameCandidate] = field(default_factory=list)
    undecided: list[RenameCandidate] = field(default_factory=list)
    used: set[Rename] = field(default_factory=set)
    before: dict[tuple[Kind, QualifiedName], QualifiedName] = field(default_factory=dict)

    def run(self) -> None:
        """Enums before the columns that have their type, tables before their columns."""
        self._objects("enum", self.schema.enums, self.desired.enums)
        self._found(lambda: enum_candidates(self.schema, self.desired))
        self._values()
        self._objects("sequence", self.schema.sequences, self.desired.sequences)
        self._found(lambda: sequence_candidates(self.schema, self.desired))
        self._objects("table", self.schema.tables, self.desired.tables)
        self._found(lambda: table_candidates(self.schema, self.desired, self.equivalent))
        self._columns()

    def _objects(self, kind: Kind, before: Iterable[Named], after: Iterable[Named]) -> None:
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
        any_said = any(rename.kind == "column" for rename in (*self.words, *self.hints))
        inbound: tuple[Inbound, Inbound] | None = None
        for before in self.schema.tables:
            name, after = before.name, self.desired.find_table(before.name)
            if after is None or before is after:
                continue
            said = self._said_of("column", "table", name) if any_said else []
            if said:
                self._say(said, name, _column_names(before), _column_names(after))
                before = self.schema.table(name)
            if self.detect and set(_column_names(before)) != set(_column_names(after)):
                inbound = inbound or (inbound_keys(self.schema), inbound_keys(self.desired))
                self._found(partial(column_candidates, before, after, inbound, self.equivalent))

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
        leaving = {rename.before for rename in said}
        for rename in said:
            if rename in self.words:
                _require_known(rename, before, after, leaving)
            elif not _is_open(rename, before, after, leaving):
                continue
            self.used.add(rename)
            if rename.before not in pairs and rename.after not in pairs.values():
                pairs[rename.before] = rename.after
        kind = said[0].kind
        for old, new in _steps(pairs, {*before, *after}):
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
            applied = candidate.certain
            if not applied and self.decide is not None:
                applied = self.decide(candidate)
            if applied:
                taken_before.add(candidate.before)
                taken_after.add(candidate.after)
                self._apply(candidate.rename)
                self._remember(candidate.rename)
            elif self.decide is None:
                self.undecided.append(candidate)
            self.candidates.append(replace(candidate, applied=applied))

    def _apply(self, rename: Rename) -> None:
        operation = _operation(rename, self.schema)
        self.schema = operation.apply(self.schema)
        self.operations.append(operation)

    def _remember(self, rename: Rename) -> None:
        if rename.table is None:
            before, after = rename.names
            self.before[rename.kind, after] = before


def _column_names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns)


def _is_open(rename: Rename, before: Names, after: Names, leaving: set[str]) -> bool:
    """Whether a hint still has something to rename."""
    free = rename.after not in before or rename.after in leaving
    return rename.before in before and rename.after in after and free


def _require_known(rename: Rename, before: Names, after: Names, leaving: set[str]) -> None:
    what = rename.kind.replace("_", " ")
    if rename.before not in before:
        gone = [name for name in before if name not in after]
        raise unknown(rename, f"there is no {what} {rename.before}", rename.before, gone or before)
    if rename.after not in after:
        new = [name for name in after if name not in before]
        there = f"no {what} {rename.after} is wanted"
        raise unknown(rename, there, rename.after, new or after)
    if rename.after in before and (rename.after not in leaving or rename.after == rename.before):
        raise ConfigurationError(
            f"the rename {rename} cannot be done: {rename.after} is there already",
            hint="drop or rename that one in a revision before",
        )


def _steps(pairs: dict[str, str], taken: Names) -> Iterator[tuple[str, str]]:
    """The pairs in an order in which each new name is free; a swap goes through a third name."""
    waiting = dict(pairs)
    while waiting:
        old = next((old for old, new in waiting.items() if new not in waiting), None)
        if old is not None:
            yield old, waiting.pop(old)
            continue
        old, new = next(iter(waiting.items()))
        third = _third_name(old, {*taken, *waiting})
        yield old, third
        del waiting[old]
        waiting[third] = new


def _third_name(name: str, taken: Names) -> str:
    stem, quote = (name[:-1], '"') if name.endswith('"') else (name, "")
    number = 1
    while f"{stem}_{number}{quote}" in taken:
        number += 1
    return f"{stem}_{number}{quote}"


def _operation(rename: Rename, schema: Schema) -> Operation:
    match rename:
        case Rename(kind="column", table=QualifiedName() as table, before=before, after=after):
            column = RenameColumn(table=table, before=before, after=after)
            return column.rewriting(schema.table(table), rename_in)
        case Rename(kind="enum_value", table=QualifiedName() as enum, before=before, after=after):
            return RenameEnumValue(enum=enum, before=before, after=after)
    old, new = rename.names
    if rename.kind == "enum":
        return RenameEnum(before=old, after=new)
    if rename.kind == "sequence":
        return RenameSequence(before=old, after=new)
    return RenameTable(before=old, after=new)
