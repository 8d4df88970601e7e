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
from flaskmig.engine.comparing.table_settings import around_settings
from flaskmig.engine.comparing.texts import around_texts, keeps_enum, mentions_value
from flaskmig.errors import OperationError
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterEnum,
    CreateFunction,
    CreateSchema,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropFunction,
    DropTable,
    Operation,
    RenameColumn,
    RenameEnum,
    RenameEnumValue,
    RenameSequence,
    RenameTable,
    ReplaceFunction,
)
from flaskmig.operations.refs import Ref
from flaskmig.schema import ForeignKey, QualifiedName, Table

_RENAMES = (RenameEnum, RenameEnumValue, RenameSequence, RenameTable, RenameColumn)

# Facts stand for many objects at once: dropping one of them does not forbid making another.
_FACTS = frozenset({"columns", "plain columns"})

_IN_BODIES = frozenset({"table", "view", "columns", "function"})
_MOST_LENIENT = 2

_STAGES: dict[str, int] = {
    "CreateSchema": 0,
    "CreateExtension": 1,
    "AlterExtension": 1,
    "DropTrigger": 2,
    "DropView": 2,
    "CreateEnum": 3,
    "AlterEnum": 3,
    "CreateSequence": 3,
    "AlterSequence": 3,
    "CreateFunction": 4,
    "ReplaceFunction": 4,
    "CreateTable": 5,
    "CreateView": 7,
    "ReplaceView": 7,
    "CreateTrigger": 8,
    "ReplaceTrigger": 8,
    "DropTable": 9,
    "DropFunction": 10,
    "DropSequence": 11,
    "DropEnum": 11,
    "DropExtension": 12,
    "DropSchema": 13,
    "RunSQL": 14,
}
_ON_A_TABLE = 6
# PostgreSQL commits new values by themselves. What fails later finds nothing half done but them.
_FIRST = -1
_KINDS = (
    "CreateSchema CreateExtension AlterExtension DropTrigger DropView"
    " CreateEnum AlterEnum CreateSequence AlterSequence CreateFunction ReplaceFunction CreateTable"
    " DropConstraint DropIndex DropColumn RenameConstraint RenameIndex AlterTable AlterColumn"
    " AddColumn AddConstraint CreateIndex CreateView ReplaceView CreateTrigger ReplaceTrigger"
    " DropTable DropFunction DropSequence DropEnum DropExtension DropSchema RunSQL"
)
_RANKS = {kind: rank for rank, kind in enumerate(_KINDS.split())}

Edges = dict[int, set[int]]


def order(operations: Iterable[Operation], *, freed: Sequence[Operation] = ()) -> list[Operation]:
    """The operations, sorted; cyclic foreign keys become operations of their own.

    ``freed`` are drops that have to be before the renames, and stay in their order.

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
    return [*first, *freed, *renames, *_with_split_defaults(_sorted(rest))]


def _sorted(operations: list[Operation]) -> list[Operation]:
    operations = _without_table_cycles(operations)
    for leniency in range(_MOST_LENIENT):
        try:
            return _walk(operations, _edges(operations, leniency))
        except CycleError:
            continue
    try:
        return _walk(operations, _edges(operations, _MOST_LENIENT))
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


def _edges(operations: Sequence[Operation], leniency: int) -> Edges:
    """For each operation the ones that must run before it, less what ``leniency`` gives up."""
    touching: dict[Ref, _Touching] = defaultdict(_Touching)
    for index, operation in enumerate(operations):
        for ref in operation.creates:
            touching[ref].creates.append(index)
        for ref in operation.drops:
            touching[ref].drops.append(index)
    for index, operation in enumerate(operations):
        given_up = _given_up(operation, leniency)
        for ref in operation.uses:
            if ref in touching and ref.kind not in given_up:
                touching[ref].uses.append(index)
        for ref in operation.releases:
            if ref in touching and ref.kind not in given_up:
                touching[ref].releases.append(index)
    edges: Edges = {index: set() for index in range(len(operations))}
    for ref, those in touching.items():
        _connect(edges, those.creates, those.uses)
        _connect(edges, those.releases, those.drops)
        if ref.kind not in _FACTS:
            _connect(edges, those.drops, those.creates)
        if ref.kind == "key":
            _connect(edges, those.drops, those.uses)
    for before, after in (*around_texts(operations), *around_settings(operations)):
        edges[after].add(before)
    if not leniency:
        for before, after in _moves(operations):
            edges[after].add(before)
    return edges


def _moves(operations: Sequence[Operation]) -> Iterator[tuple[int, int]]:
    """A column that comes, and one of its name and type that goes from another table.

    Between the two a person can write the statement that carries the values over.
    """
    coming: dict[tuple[str, str], list[tuple[int, QualifiedName]]] = defaultdict(list)
    for index, operation in enumerate(operations):
        if isinstance(operation, AddColumn):
            column = operation.column
            coming[column.name, column.type.sql].append((index, operation.table))
    for index, operation in enumerate(operations):
        if isinstance(operation, DropColumn):
            column = operation.column
            for other, table in coming[column.name, column.type.sql]:
                if table != operation.table:
                    yield other, index


def _given_up(operation: Operation, leniency: int) -> frozenset[str]:
    """The kinds of things that the operation does not wait for where there is a cycle.

    What the text of a function names is there when it is called. Then, that a column leaves an
    enum type before that type's values change.
    """
    match operation:
        case CreateFunction() | DropFunction() | ReplaceFunction():
            return _IN_BODIES if leniency else frozenset()
        case AlterColumn():
            return frozenset({"enum"}) if leniency > 1 else frozenset()
        case _:
            return frozenset()


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
    if isinstance(operation, AlterEnum) and operation.only_adds:
        stage = _FIRST
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
        keeps_enum(operation, enum)
        and mentions_value((operation.before.default,), enum.removed)
        and mentions_value((operation.after.default,), enum.added)
    )
