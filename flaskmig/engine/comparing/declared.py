"""What differs in views, functions, triggers and extensions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flaskmig.engine.comparing.in_the_way import (
    Touched,
    renamed_by,
    touched_by,
    views_on,
)
from flaskmig.engine.comparing.matching import Equivalent, match_indexes
from flaskmig.operations import (
    AlterExtension,
    CreateExtension,
    CreateFunction,
    CreateIndex,
    CreateTrigger,
    CreateView,
    DropExtension,
    DropFunction,
    DropIndex,
    DropTrigger,
    DropView,
    Operation,
    RenameIndex,
    ReplaceFunction,
    ReplaceTrigger,
    ReplaceView,
)
from flaskmig.operations.mentions import in_order_of_use
from flaskmig.schema import Extension, Function, QualifiedName, Schema, View

# Every database has it, and no one drops it.
_BUILT_IN = frozenset({"plpgsql"})


def compare_declared(
    current: Schema, desired: Schema, others: Sequence[Operation], equivalent: Equivalent
) -> Iterator[Operation]:
    """The operations on views, functions, triggers and extensions.

    ``others`` are those on tables and types: what stands in their way is dropped and made anew.
    """
    yield from compare_extensions(current, desired)
    if not any((current.views, current.functions, current.triggers)):
        yield from (CreateFunction(function=function) for function in desired.functions)
        yield from (CreateView(view=view) for view in desired.views)
        yield from (CreateTrigger(trigger=trigger) for trigger in desired.triggers)
        return
    touched = touched_by(others, current)
    yield from _compare_functions(current, desired, touched)
    yield from _compare_views(current, desired, touched, equivalent)
    yield from _compare_triggers(current, desired, touched)


def compare_extensions(current: Schema, desired: Schema) -> Iterator[Operation]:
    """The operations on extensions; a version or schema that nobody asks for is no difference."""
    for extension in current.extensions:
        if extension.name in _BUILT_IN:
            continue
        wanted = desired.find_extension(extension.name)
        if wanted is None:
            # The way back is for servers that may ship another version.
            yield DropExtension(extension=replace(extension, version=None))
        elif (filled := _filled(wanted, extension)) != extension:
            yield AlterExtension(before=extension, after=filled)
    for extension in desired.extensions:
        if extension.name not in _BUILT_IN and current.find_extension(extension.name) is None:
            yield CreateExtension(extension=extension)


def _filled(wanted: Extension, extension: Extension) -> Extension:
    """What the models leave open is as the database has it.

    A database always names the version, so that where none is, models are what there is.
    """
    return replace(
        wanted,
        schema=wanted.schema or extension.schema,
        version=(wanted.version or extension.version) if extension.version else None,
    )


def _compare_functions(current: Schema, desired: Schema, touched: Touched) -> Iterator[Operation]:
    """Functions that are dropped, maybe to come back, are added to what is touched."""
    for function in current.functions:
        wanted = desired.find_function(function.name, function.arguments)
        if wanted is None:
            touched.functions.add(function.name)
            yield DropFunction(function=function)
        elif touched.by_function(function) or not _is_replaceable(function, wanted):
            touched.functions.add(function.name)
            yield DropFunction(function=function, keeps_grants=True)
            yield CreateFunction(function=wanted, keeps_grants=True)
        elif wanted != function:
            yield ReplaceFunction(before=function, after=wanted)
    for function in desired.functions:
        if current.find_function(function.name, function.arguments) is None:
            yield CreateFunction(function=function)


def _is_replaceable(before: Function, after: Function) -> bool:
    """Whether CREATE OR REPLACE does, or nothing needs to be done."""
    return before.definition == after.definition or (
        before.interface != "" and before.interface == after.interface
    )


def _compare_views(
    current: Schema, desired: Schema, touched: Touched, equivalent: Equivalent
) -> Iterator[Operation]:
    """Views that are dropped, maybe to come back, are added to what is touched."""
    kept: list[View] = []
    for view in current.views:
        wanted = desired.find_view(view.name)
        if wanted is None:
            touched.relations.add(view.name)
            yield DropView(view=view)
        elif is_same_view(view, wanted, equivalent):
            # One that reads what goes for good could not be made again.
            if not any((table, column) in view.uses for table, column in touched.gone):
                kept.append(view)
        elif _is_replaceable_view(view, wanted, current, equivalent):
            kept.append(view)
        else:
            touched.relations.add(view.name)
            yield from _anew(view, wanted)
    moved = views_on(kept, touched)
    for view in kept:
        wanted = desired.view(view.name)
        if view.name in moved:
            yield from _anew(view, wanted)
            continue
        if not is_same_view(view, wanted, equivalent):
            yield ReplaceView(before=view, after=replace(wanted, indexes=view.indexes))
        if view.indexes != wanted.indexes:
            yield from _compare_indexes(view, wanted, equivalent)
    for view in desired.views:
        if current.find_view(view.name) is None:
            yield CreateView(view=view.as_written)


def _anew(before: View, after: View) -> Iterator[Operation]:
    yield DropView(view=before, keeps_grants=True)
    yield CreateView(view=after.as_written, keeps_grants=True)


def is_same_view(before: View, after: View, equivalent: Equivalent) -> bool:
    """Whether nothing differs but spelling, and maybe indexes."""
    if before == after:
        return True
    alike = replace(after, definition=before.definition, indexes=before.indexes) == before
    return alike and _same_query(before, after, equivalent)


def _is_replaceable_view(
    before: View, after: View, current: Schema, equivalent: Equivalent
) -> bool:
    """Whether CREATE OR REPLACE does, there and back.

    It can append columns. It cannot take them away again where something else rests on the view.
    """
    if before.materialized != after.materialized:
        return False
    if _same_query(before, after, equivalent):
        return True
    if before.materialized or not before.output or not after.output:
        return False
    pairs = zip(before.output, after.output, strict=False)
    if len(after.output) < len(before.output) or not all(_same_column(*pair) for pair in pairs):
        return False
    if len(after.output) == len(before.output):
        return True
    return not current.views_reading(before.name) and not current.triggers_of(before.name)


def _same_column(before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Types are compared where the database has types for the columns of views."""
    return before[0] == after[0] and (before[1] == after[1] or not (before[1] and after[1]))


def _same_query(before: View, after: View, equivalent: Equivalent) -> bool:
    if before.columns != after.columns:
        return False
    return before.definition == after.definition or equivalent(before.definition, after.definition)


def _compare_indexes(before: View, after: View, equivalent: Equivalent) -> Iterator[Operation]:
    matched = match_indexes(before.indexes, after.indexes, equivalent)
    for index in matched.dropped:
        yield DropIndex(table=before.name, index=index)
    for old, new in matched.renamed:
        yield RenameIndex(table=before.name, before=old.name, after=new.name)
    for index in matched.added:
        yield CreateIndex(table=before.name, index=index)


def _compare_triggers(current: Schema, desired: Schema, touched: Touched) -> Iterator[Operation]:
    for trigger in current.triggers:
        wanted = desired.find_trigger(trigger.table, trigger.name)
        if wanted is None:
            yield DropTrigger(trigger=trigger)
        elif touched.by_trigger(trigger):
            yield DropTrigger(trigger=trigger, keeps_state=True)
            yield CreateTrigger(trigger=wanted, keeps_state=True)
        elif wanted != trigger:
            yield ReplaceTrigger(before=trigger, after=wanted)
    for trigger in desired.triggers:
        if current.find_trigger(trigger.table, trigger.name) is None:
            yield CreateTrigger(trigger=trigger)


def freed_for(renames: Sequence[Operation], current: Schema, kept: Schema) -> list[Operation]:
    """What is dropped before the renames, in its order, because it names what they rename.

    A database rewrites it, but not as the models would write it. ``kept`` is what no one
    declares: it is left to the database, unless it rests on something that is dropped.
    """
    touched = renamed_by(renames)
    if not touched:
        return []
    functions = [
        function
        for function in current.functions
        if function not in kept.functions and touched.binds_function(function)
    ]
    touched.functions.update(function.name for function in functions)
    mine = [view for view in current.views if view not in kept.views]
    found = views_on(mine, touched)
    dropped = Touched(relations=set(found), functions=set(touched.functions))
    found |= views_on((view for view in current.views if view not in found.values()), dropped)
    triggers = [
        trigger
        for trigger in current.triggers
        if dropped.by_trigger(trigger)
        or (trigger not in kept.triggers and touched.by_trigger(trigger))
    ]
    return [
        *(DropTrigger(trigger=trigger, keeps_state=True) for trigger in triggers),
        *(DropView(view=view, keeps_grants=True) for view in in_order_of_use(found.values())),
        *(DropFunction(function=each, keeps_grants=True) for each in functions),
    ]


def blocking(current: Schema, desired: Schema, operations: Sequence[Operation]) -> Iterator[str]:
    """A line for each view that stays as it is though it reads what is dropped for good."""
    touched = touched_by(operations, current)
    if not touched.gone and not touched.relations:
        return
    changed = {op.view.name for op in operations if isinstance(op, DropView)}
    changed |= {op.after.name for op in operations if isinstance(op, ReplaceView)}
    for view in current.views:
        if view.name in changed or desired.find_view(view.name) is None:
            continue
        lost = [
            f"{table}.{column}" for table, column in view.uses if (table, column) in touched.gone
        ]
        lost += [str(name) for name in sorted(view.relations & touched.relations)]
        if lost:
            yield (
                f"view {view.name} reads {', '.join(lost)}, which the models no longer have: "
                "declare the view without it, or drop it"
            )


def way_back(operations: Sequence[Operation]) -> Iterator[Operation]:
    """The reverse operations, last first; raises IrreversibleError.

    A view that lost the columns it had been given is no replacement of what it was.
    """
    for operation in reversed(operations):
        match operation:
            case ReplaceView(before=before, after=after) if len(after.output) > len(before.output):
                yield from _anew(after, before)
            case _:
                yield operation.reverse()


def with_grants(operations: Sequence[Operation], freed: Sequence[Operation]) -> list[Operation]:
    """The operations, where views and triggers come back that were dropped before the renames."""
    views: set[QualifiedName] = {op.view.name for op in freed if isinstance(op, DropView)}
    functions = {op.function.name for op in freed if isinstance(op, DropFunction)}
    triggers = {op.trigger.name for op in freed if isinstance(op, DropTrigger)}

    def again(operation: Operation) -> Operation:
        match operation:
            case CreateView(view=view) if view.name in views:
                return replace(operation, keeps_grants=True)
            case CreateFunction(function=function) if function.name in functions:
                return replace(operation, keeps_grants=True)
            case CreateTrigger(trigger=trigger) if trigger.name in triggers:
                return replace(operation, keeps_state=True)
            case _:
                return operation

    return list(map(again, operations))
