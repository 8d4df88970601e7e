"""Operations in an order that a database accepts.

Four rules over what each operation creates, uses, drops and releases, sorted with graphlib:

1. what creates an object runs before what uses it;
2. what releases an object runs before what drops it;
3. what drops an object runs before what creates it anew;
4. what drops a key runs before what uses such a key, or the new foreign key would rest on it.

Renames come first, in the order given. Ties break so that operations on one table stand
together, then by kind and name. On a cycle, foreign keys are taken out of the tables in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from typing import NamedTuple

from flaskmig.engine.comparing.cycles import links_to_cut
from flaskmig.errors import OperationError
from flaskmig.operations import (
    AddConstraint,
    AlterColumn,
    AlterEnum,
    CreateIndex,
    CreateSchema,
    CreateTable,
    DropConstraint,
    DropIndex,
    DropTable,
    Operation,
    RenameColumn,
    RenameEnum,
    RenameEnumValue,
    RenameSequence,
    RenameTable,
)
from flaskmig.operations.refs import Ref
from flaskmig.schema import Check, Exclude, ForeignKey, QualifiedName, Table

_RENAMES = (RenameEnum, RenameEnumValue, RenameSequence, RenameTable, RenameColumn)

# Facts stand for many objects at once: dropping one of them does not forbid making another.
_FACTS = frozenset({"columns", "plain columns"})

_STAGES: dict[str, int] = {
    "CreateSchema": 0,
    "CreateEnum": 1,
    "AlterEnum": 1,
    "CreateSequence": 1,
    "AlterSequence": 1,
    "CreateTable": 2,
    "DropTable": 4,
    "DropSequence": 5,
    "DropEnum": 5,
    "DropSchema": 6,
    "RunSQL": 7,
}
_ON_A_TABLE = 3
_KINDS = (
    "CreateSchema CreateEnum AlterEnum CreateSequence AlterSequence CreateTable"
    " DropConstraint DropIndex DropColumn RenameConstraint RenameIndex AlterTable AlterColumn"
    " AddColumn AddConstraint CreateIndex DropTable DropSequence DropEnum DropSchema RunSQL"
)
_RANKS = {kind: rank for rank, kind in enumerate(_KINDS.split())}

Edges = dict[int, set[int]]


def order(operations: Iterable[Operation]) -> list[Operation]:
    """The operations, sorted; cyclic foreign keys become operations of their own.

    Raises OperationError where they depend on each other in a way that no order satisfies.
    """
    everything = list(operations)
    renames = [operation for operation in everything if isinstance(operation, _RENAMES)]
    rest: list[Operation] = [op for op in everything if not isinstance(op, _RENAMES)]
    first: list[Operation] = []
    if renames:
        homes = {ref for rename in renames for ref in rename.uses if ref.kind == "schema"}
        first = [op for op in rest if isinstance(op, CreateSchema) and op.creates & homes]
        rest = [operation for operation in rest if operation not in first]
    return [*first, *renames, *_with_split_defaults(_sorted(rest))]


def _sorted(operations: list[Operation]) -> list[Operation]:
    operations = _without_table_cycles(operations)
    try:
        return _walk(operations, _edges(operations))
    except CycleError:
        edges = _edges(operations, lenient=True)
    try:
        return _walk(operations, edges)
    except CycleError as error:
        names = "; ".join(str(operations[index]) for index in error.args[1][:-1])
        raise OperationError(
            f"these operations wait for each other: {names}",
            hint="write them as two revisions",
        ) from error


@dataclass(slots=True)
class _Touching:
    """The operations, by their place in the list, that do something with one object."""

    creates: list[int] = field(default_factory=list)
    uses: list[int] = field(default_factory=list)
    drops: list[int] = field(default_factory=list)
    releases: list[int] = field(default_factory=list)


def _edges(operations: Sequence[Operation], *, lenient: bool = False) -> Edges:
    """For each operation the ones that must run before it.

    ``lenient`` gives up that a column leaves an enum type before that type's values change.
    """
    touching: dict[Ref, _Touching] = defaultdict(_Touching)
    for index, operation in enumerate(operations):
        for ref in operation.creates:
            touching[ref].creates.append(index)
        for ref in operation.drops:
            touching[ref].drops.append(index)
    for index, operation in enumerate(operations):
        leaves_enum = lenient and isinstance(operation, AlterColumn)
        for ref in operation.uses:
            if ref in touching:
                touching[ref].uses.append(index)
        for ref in operation.releases:
            if ref in touching and not (leaves_enum and ref.kind == "enum"):
                touching[ref].releases.append(index)
    edges: Edges = {index: set() for index in range(len(operations))}
    for ref, those in touching.items():
        _connect(edges, those.creates, those.uses)
        _connect(edges, those.releases, those.drops)
        if ref.kind not in _FACTS:
            _connect(edges, those.drops, those.creates)
        if ref.kind == "key":
            _connect(edges, those.drops, those.uses)
    for before, after in _around_enums(operations):
        edges[after].add(before)
    return edges


def _connect(edges: Edges, before: list[int], after: list[int]) -> None:
    if not before:
        return
    for index in after:
        edges[index].update(other for other in before if other != index)


def _walk(operations: Sequence[Operation], edges: Edges) -> list[Operation]:
    """A topological order that stays with one table for as long as it can."""
    sorter = TopologicalSorter(edges)
    sorter.prepare()
    keys = [_key(operation) for operation in operations]
    waiting: dict[_Group, list[tuple[_Key, int]]] = {}
    groups: list[_Group] = []
    group: _Group | None = None
    result: list[Operation] = []
    while sorter.is_active():
        for index in sorter.get_ready():
            key = keys[index]
            heap = waiting.setdefault(key.group, [])
            if not heap and key.group != group:
                heappush(groups, key.group)
            heappush(heap, (key, index))
        while group is None or not waiting[group]:
            group = heappop(groups)
        _, index = heappop(waiting[group])
        result.append(operations[index])
        sorter.done(index)
    return result


class _Group(NamedTuple):
    stage: int
    schema: str
    table: str


class _Key(NamedTuple):
    group: _Group
    rank: int
    name: str


def _key(operation: Operation) -> _Key:
    kind = type(operation).__name__
    stage = _STAGES.get(kind, _ON_A_TABLE)
    table = getattr(operation, "table", None)
    name = table if isinstance(table, QualifiedName) else QualifiedName("")
    return _Key(_Group(stage, name.schema or "", name.name), _RANKS[kind], str(operation))


def _without_table_cycles(operations: list[Operation]) -> list[Operation]:
    """The operations with foreign keys taken out of tables that are made or dropped in a ring."""
    made = {op.table.name: op.table for op in operations if isinstance(op, CreateTable)}
    gone = {op.table.name: op.table for op in operations if isinstance(op, DropTable)}
    cut_made, cut_gone = _cyclic_keys(made), _cyclic_keys(gone)
    if not cut_made and not cut_gone:
        return operations
    result: list[Operation] = []
    for operation in operations:
        match operation:
            case CreateTable(table=table) if keys := cut_made.get(table.name):
                result.append(CreateTable(table=_without_keys(table, keys)))
                result += (AddConstraint(table=table.name, constraint=key) for key in keys)
            case DropTable(table=table) if keys := cut_gone.get(table.name):
                result += (DropConstraint(table=table.name, constraint=key) for key in keys)
                result.append(DropTable(table=_without_keys(table, keys)))
            case _:
                result.append(operation)
    return result


def _cyclic_keys(tables: dict[QualifiedName, Table]) -> dict[QualifiedName, list[ForeignKey]]:
    links = {
        name: {k.target for k in table.foreign_keys if k.target in tables and k.target != name}
        for name, table in tables.items()
    }
    keys: dict[QualifiedName, list[ForeignKey]] = {}
    for name, target in links_to_cut(links):
        found = keys.setdefault(name, [])
        found += (key for key in tables[name].foreign_keys if key.target == target)
    return keys


def _without_keys(table: Table, keys: list[ForeignKey]) -> Table:
    kept = tuple(constraint for constraint in table.constraints if constraint not in keys)
    return replace(table, constraints=kept)


def _around_enums(operations: Sequence[Operation]) -> Iterator[tuple[int, int]]:
    """Which operation runs before which because it names an enum value that goes or comes."""
    enums = [(i, op) for i, op in enumerate(operations) if isinstance(op, AlterEnum)]
    if not enums:
        return
    for index, operation in enumerate(operations):
        for enum_index, enum in enums:
            match operation:
                case AlterColumn(before=before, after=after) if _keeps(operation, enum):
                    if _mentions((after.default,), enum.added):
                        yield enum_index, index
                    elif _mentions((before.default,), enum.removed):
                        yield index, enum_index
                case DropConstraint() | DropIndex():
                    if _mentions(_expressions(operation), enum.removed):
                        yield index, enum_index
                case AddConstraint() | CreateIndex():
                    if _mentions(_expressions(operation), enum.added):
                        yield enum_index, index
                case _:
                    pass


def _with_split_defaults(operations: list[Operation]) -> list[Operation]:
    """Take a default off before its enum value goes, where its successor is a value that comes.

    ``operations`` are sorted, so that the column's change stands after that of the enum.
    """
    enums = [operation for operation in operations if isinstance(operation, AlterEnum)]
    if not enums:
        return operations
    result: list[Operation] = []
    for place, operation in enumerate(operations):
        if isinstance(operation, AlterEnum):
            for later in operations[place + 1 :]:
                if isinstance(later, AlterColumn) and _loses_default(later, operation):
                    bare = replace(later.before, default=None)
                    result.append(replace(later, after=bare, using=None))
        if isinstance(operation, AlterColumn) and any(_loses_default(operation, e) for e in enums):
            operation = replace(operation, before=replace(operation.before, default=None))
        result.append(operation)
    return result


def _loses_default(operation: AlterColumn, enum: AlterEnum) -> bool:
    return (
        _keeps(operation, enum)
        and _mentions((operation.before.default,), enum.removed)
        and _mentions((operation.after.default,), enum.added)
    )


def _keeps(operation: AlterColumn, enum: AlterEnum) -> bool:
    types = (operation.before.type, operation.after.type)
    return all(type_.enum == enum.after.name for type_ in types)


def _expressions(
    operation: DropConstraint | AddConstraint | DropIndex | CreateIndex,
) -> tuple[str | None, ...]:
    match operation:
        case DropIndex(index=index) | CreateIndex(index=index):
            return (index.where, *(part.expression for part in index.parts))
        case DropConstraint(constraint=constraint) | AddConstraint(constraint=constraint):
            match constraint:
                case Check():
                    return (constraint.expression,)
                case Exclude():
                    return (constraint.where, *(e.expression for e in constraint.elements))
                case _:
                    return ()


def _mentions(texts: Iterable[str | None], values: Sequence[str]) -> bool:
    return any(value in text for text in texts if text for value in values)
