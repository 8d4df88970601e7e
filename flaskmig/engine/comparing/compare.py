"""Two schemas in, the operations that turn one into the other out.

Pure and linear in the size of the schemas. The operations come in no particular order; `order`
sorts them. Renames of tables, columns, enums and sequences are applied to ``current`` before.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

from flaskmig.engine.comparing.declared import compare_declared
from flaskmig.engine.comparing.expressions import names_in
from flaskmig.engine.comparing.matching import (
    Equivalent,
    Matched,
    match_constraints,
    match_indexes,
    same_text,
)
from flaskmig.engine.comparing.type_families import family
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterEnum,
    AlterSequence,
    AlterTable,
    CreateEnum,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropEnum,
    DropIndex,
    DropSchema,
    DropSequence,
    DropTable,
    Operation,
    RenameConstraint,
    RenameIndex,
)
from flaskmig.operations.refs import Ref, constraint_makes, index_makes
from flaskmig.schema import (
    Check,
    Column,
    Constraint,
    Exclude,
    ForeignKey,
    Index,
    PrimaryKey,
    QualifiedName,
    Schema,
    Table,
    Unique,
    constraint_columns,
)

RelationNames: TypeAlias = "set[tuple[str | None, str]]"
KeepsApart: TypeAlias = Callable[["RenameConstraint | RenameIndex"], bool]


def compare(
    current: Schema,
    desired: Schema,
    *,
    equivalent: Equivalent = operator.eq,
    keeps_apart: KeepsApart = lambda operation: False,
) -> list[Operation]:
    """The operations that make ``desired`` of ``current``, in no particular order.

    ``equivalent`` says whether two SQL expressions (str or None) mean the same. The order of
    columns is not a difference. A desired constraint without a name is any that is alike.
    ``keeps_apart`` says of a constraint or index that is the same under another name whether it
    is to be dropped and made nevertheless.
    """
    operations: list[Operation] = []
    operations += _compare_namespaces(current, desired)
    operations += _compare_enums(current, desired)
    operations += _compare_sequences(current, desired)
    operations += _compare_tables(current, desired, equivalent, keeps_apart)
    operations += compare_declared(current, desired, operations, equivalent)
    return operations


def _compare_namespaces(current: Schema, desired: Schema) -> Iterator[Operation]:
    before, after = set(current.schemas), set(desired.schemas)
    yield from (CreateSchema(name=name) for name in sorted(after - before))
    yield from (DropSchema(name=name) for name in sorted(before - after))


def _compare_enums(current: Schema, desired: Schema) -> Iterator[Operation]:
    for enum in current.enums:
        wanted = desired.find_enum(enum.name)
        if wanted is None:
            yield DropEnum(enum=enum)
        elif wanted != enum:
            yield AlterEnum(before=enum, after=wanted)
    for enum in desired.enums:
        if current.find_enum(enum.name) is None:
            yield CreateEnum(enum=enum)


def _compare_sequences(current: Schema, desired: Schema) -> Iterator[Operation]:
    for sequence in current.sequences:
        wanted = desired.find_sequence(sequence.name)
        if wanted is None:
            yield DropSequence(sequence=sequence)
        elif wanted != sequence:
            yield AlterSequence(before=sequence, after=wanted)
    for sequence in desired.sequences:
        if current.find_sequence(sequence.name) is None:
            yield CreateSequence(sequence=sequence)


def _compare_tables(
    current: Schema, desired: Schema, equivalent: Equivalent, keeps_apart: KeepsApart
) -> Iterator[Operation]:
    changes: list[_TableChange] = []
    unchanged: list[Table] = []
    for table in current.tables:
        wanted = desired.find_table(table.name)
        if wanted is None:
            # Its triggers are dropped, and come back, by operations of their own.
            bare = replace(table, triggers=()) if current.triggers_of(table.name) else table
            yield DropTable(table=bare)
        elif wanted is table or wanted == table:
            unchanged.append(table)
        else:
            changes.append(_table_change(table, wanted, equivalent))
    for table in desired.tables:
        if current.find_table(table.name) is None:
            yield CreateTable(table=table)
    _recreate_foreign_keys(changes, unchanged)
    taken = _TakenNames(current, keeps_apart)
    for change in changes:
        yield from change.operations(taken)


@dataclass(slots=True)
class _TableChange:
    """What differs between a table and the one that is wanted under its name."""

    before: Table
    after: Table
    added: list[Column] = field(default_factory=list)
    dropped: list[Column] = field(default_factory=list)
    altered: list[tuple[Column, Column]] = field(default_factory=list)
    recreated: set[str] = field(default_factory=set)
    constraints: Matched[Constraint] = field(default_factory=Matched)
    indexes: Matched[Index] = field(default_factory=Matched)

    def operations(self, taken: _TakenNames) -> Iterator[Operation]:
        name = self.before.name
        if self.before.settings != self.after.settings:
            yield AlterTable(table=name, before=self.before.settings, after=self.after.settings)
        yield from (DropColumn(table=name, column=column) for column in self.dropped)
        yield from (AddColumn(table=name, column=column) for column in self.added)
        for before, after in self.altered:
            yield AlterColumn(table=name, before=before, after=after)
        yield from self._constraint_operations(taken)
        yield from self._index_operations(taken)

    def _constraint_operations(self, taken: _TakenNames) -> Iterator[Operation]:
        name = self.before.name
        drop, add = list(self.constraints.dropped), list(self.constraints.added)
        for before, after in self.constraints.renamed:
            rename = RenameConstraint(table=name, constraint=before, after=after.name)
            if taken.constraint(self.before, before, after.name) or taken.keeps_apart(rename):
                drop.append(before)
                add.append(replace(before, name=after.name))
            else:
                yield rename
        yield from (DropConstraint(table=name, constraint=constraint) for constraint in drop)
        yield from (AddConstraint(table=name, constraint=constraint) for constraint in add)

    def _index_operations(self, taken: _TakenNames) -> Iterator[Operation]:
        name = self.before.name
        drop, add = list(self.indexes.dropped), list(self.indexes.added)
        for before, after in self.indexes.renamed:
            rename = RenameIndex(table=name, before=before.name, after=after.name)
            if taken.relation(name.schema, after.name) or taken.keeps_apart(rename):
                drop.append(before)
                add.append(after)
            else:
                yield rename
        conditioned = {index.name for index in add if index.elsewhere and index.elsewhere.where}
        for index in drop:
            # A file is for both databases, and only the models know the condition of each.
            if index.where is not None and index.name in conditioned:
                index = replace(index, elsewhere=index)
            yield DropIndex(table=name, index=index)
        yield from (CreateIndex(table=name, index=index) for index in add)

    def dropped_keys(self) -> set[Ref]:
        """The keys that foreign keys may rest on and that go, even if only to come back."""
        refs: set[Ref] = set()
        for constraint in self.constraints.dropped:
            refs |= constraint_makes(self.before.name, constraint)
        for index in self.indexes.dropped:
            refs |= index_makes(self.before.name, index)
        return {ref for ref in refs if ref.kind == "key"}

    def retyped(self) -> Iterator[str]:
        """The columns whose type changes to one that does not compare with the old one."""
        for before, after in self.altered:
            if family(before.type.sql) != family(after.type.sql):
                yield before.name


def _table_change(before: Table, after: Table, equivalent: Equivalent) -> _TableChange:
    change = _TableChange(before, after)
    _compare_columns(change, equivalent)
    change.constraints = match_constraints(before.constraints, after.constraints, equivalent)
    change.indexes = match_indexes(before.indexes, after.indexes, equivalent)
    if change.recreated:
        change.constraints.recreate(lambda c: _constraint_touches(c, change.recreated))
        change.indexes.recreate(lambda index: _index_touches(index, change.recreated))
    return change


def _compare_columns(change: _TableChange, equivalent: Equivalent) -> None:
    wanted = {column.name: column for column in change.after.columns}
    kept: list[tuple[Column, Column]] = []
    for column in change.before.columns:
        after = wanted.pop(column.name, None)
        if after is None:
            change.dropped.append(column)
        else:
            kept.append((column, after))
    change.added += wanted.values()
    for before, after in kept:
        if before == after:
            continue
        after = _respelled(before, after, equivalent)
        if before == after:
            continue
        if after.generated is not None and before.generated != after.generated:
            _recreate_column(change, before, after)
        else:
            change.altered.append((before, after))
    moved = {before.name for before, after in change.altered if before.type != after.type}
    moved |= change.recreated
    if moved:
        _recreate_dependent_columns(change, kept, moved)


def _recreate_dependent_columns(
    change: _TableChange, kept: Iterable[tuple[Column, Column]], moved: set[str]
) -> None:
    """A generated column must go before a column that it is made of is retyped or dropped."""
    for before, after in kept:
        if before.generated is None or after.generated is None:
            continue
        if before.name in change.recreated:
            continue
        if not moved.isdisjoint(names_in(before.generated.expression, moved)):
            change.altered = [pair for pair in change.altered if pair[0].name != before.name]
            _recreate_column(change, before, after)


def _recreate_column(change: _TableChange, before: Column, after: Column) -> None:
    change.recreated.add(before.name)
    change.dropped.append(before)
    change.added.append(after)


def _respelled(before: Column, after: Column, equivalent: Equivalent) -> Column:
    """``after`` with the expressions of ``before`` where only their spelling differs."""
    default, generated = after.default, after.generated
    if same_text(before.default, default, equivalent):
        default = before.default
    if (
        generated is not None
        and before.generated is not None
        and same_text(before.generated.expression, generated.expression, equivalent)
    ):
        generated = replace(generated, expression=before.generated.expression)
    if default == after.default and generated == after.generated:
        return after
    return replace(after, default=default, generated=generated)


def _constraint_touches(constraint: Constraint, columns: set[str]) -> bool:
    if not columns.isdisjoint(constraint_columns(constraint)):
        return True
    match constraint:
        case Check():
            return bool(names_in(constraint.expression, columns))
        case Exclude():
            texts = (constraint.where, *(e.expression for e in constraint.elements))
            return any(names_in(text, columns) for text in texts if text)
        case PrimaryKey() | Unique() | ForeignKey():
            return False


def _index_touches(index: Index, columns: set[str]) -> bool:
    texts = (index.where, *(part.expression for part in index.parts))
    return not columns.isdisjoint(index.columns) or any(
        names_in(text, columns) for text in texts if text
    )


def _recreate_foreign_keys(changes: list[_TableChange], unchanged: list[Table]) -> None:
    """Take foreign keys out and put them back where what they rest on goes and comes back.

    That is: a key or column that is dropped and made anew, and a pair of columns that changes
    its type on both sides to one that does not compare with the old.
    """
    keys: set[Ref] = set()
    columns: set[tuple[QualifiedName, str]] = set()
    retyped: set[tuple[QualifiedName, str]] = set()
    for change in changes:
        keys |= change.dropped_keys()
        columns |= {(change.before.name, name) for name in change.recreated}
        retyped |= {(change.before.name, name) for name in change.retyped()}
    if not keys and not columns and not retyped:
        return

    def shaken(table: QualifiedName, key: Constraint) -> bool:
        if not isinstance(key, ForeignKey):
            return False
        if Ref("key", key.target, ",".join(sorted(key.target_columns))) in keys:
            return True
        targets = [(key.target, name) for name in key.target_columns]
        if not columns.isdisjoint(targets):
            return True
        pairs = zip(targets, key.columns, strict=False)
        return any(target in retyped and (table, own) in retyped for target, own in pairs)

    for change in changes:
        change.constraints.recreate(partial(shaken, change.before.name))
    for table in unchanged:
        moved = [key for key in table.foreign_keys if shaken(table.name, key)]
        if moved:
            matched: Matched[Constraint] = Matched(dropped=[*moved], added=[*moved])
            changes.append(_TableChange(table, table, constraints=matched))


class _TakenNames:
    """The names of indexes and constraints that are there now, read when first asked for.

    A rename to a name that something still has might be half of a swap, so it is not a rename.
    """

    def __init__(self, current: Schema, keeps_apart: KeepsApart) -> None:
        self._current = current
        self.keeps_apart = keeps_apart
        self._relations: RelationNames | None = None

    def relation(self, schema: str | None, name: str) -> bool:
        """Whether an index, a key, a table or a sequence of that schema has the name."""
        if self._relations is None:
            self._relations = set(_relation_names(self._current))
        return (schema, name) in self._relations

    def constraint(self, table: Table, constraint: Constraint, name: str | None) -> bool:
        """Whether ``constraint`` of the table cannot simply take the name."""
        if name is None:
            return False
        if any(other.name == name for other in table.constraints):
            return True
        has_index = isinstance(constraint, PrimaryKey | Unique | Exclude)
        return has_index and self.relation(table.name.schema, name)


def _relation_names(schema: Schema) -> Iterator[tuple[str | None, str]]:
    for table in schema.tables:
        yield table.name.schema, table.name.name
        yield from ((table.name.schema, index.name) for index in table.indexes)
        for constraint in table.constraints:
            if constraint.name and isinstance(constraint, PrimaryKey | Unique | Exclude):
                yield table.name.schema, constraint.name
    yield from ((sequence.name.schema, sequence.name.name) for sequence in schema.sequences)
