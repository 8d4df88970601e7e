"""Whether what is said can be done, and in what order names are free for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from typing import TypeAlias

from flaskmig.engine.comparing.renames.apart import Apart
from flaskmig.engine.comparing.renames.words import (
    PARTS,
    Kind,
    Rename,
    rename_of,
    unknown,
    written,
)
from flaskmig.errors import ConfigurationError
from flaskmig.schema import QualifiedName, Schema, Table

Names: TypeAlias = Collection[str]


def names_of(kind: Kind, table: Table) -> tuple[str, ...]:
    """The names of a table's columns, constraints or indexes."""
    if kind == "column":
        return tuple(column.name for column in table.columns)
    if kind == "index":
        return tuple(index.name for index in table.indexes)
    return tuple(constraint.name for constraint in table.constraints if constraint.name)


def is_open(rename: Rename, before: Names, after: Names, said: Collection[Rename]) -> bool:
    """Whether a hint in a model still has something to rename.

    A swap never has: nothing would show that it is done, and the next run would undo it.
    """
    if rename.before not in before or rename.after not in after:
        return False
    if rename.kind in PARTS and rename.before in after and not _is_taken(rename, said):
        return False
    followers = {other.before: other.after for other in said}
    name, seen = rename.after, {rename.before}
    while name in before:
        seen.add(name)
        name = followers.get(name, rename.before)
        if name in seen:
            return False
    return True


def require_known(rename: Rename, before: Names, after: Names, said: Collection[Rename]) -> None:
    """Raise ConfigurationError where a word names nothing, or something that has to stay."""
    what = rename.kind.replace("_", " ")
    if rename.before not in before:
        gone = [name for name in before if name not in after]
        raise unknown(rename, f"there is no {what} {rename.before}", rename.before, gone or before)
    if rename.after not in after:
        new = [name for name in after if name not in before]
        there = f"no {what} {rename.after} is wanted"
        raise unknown(rename, there, rename.after, new or after)
    leaving = {other.before for other in said}
    if rename.after in before and (rename.after not in leaving or rename.after == rename.before):
        raise ConfigurationError(
            f"the rename {rename} cannot be done: {rename.after} is there already",
            hint="drop or rename that one in a revision before",
        )
    if rename.kind in PARTS and rename.before in after and not _is_taken(rename, said):
        raise ConfigurationError(
            f"the rename {rename} would take {rename.before} away, and the models still have it",
            hint=f"take {rename.before} out of the models, or leave the rename out",
        )


def _is_taken(rename: Rename, said: Collection[Rename]) -> bool:
    """Whether something else is to have the old name: then it is a swap or a chain."""
    return any(other.after == rename.before for other in said)


def completed(renames: Iterable[Rename], current: Schema, desired: Schema) -> Iterator[Rename]:
    """The renames, with what was left out of their names.

    That is the table of a constraint or index, and the schema of a new name, which is that of
    the old one if it is wanted there. Raises ConfigurationError where several tables have such a
    constraint or index, or none.
    """
    for rename in renames:
        if rename.kind not in PARTS:
            yield _at_home(rename, desired)
            continue
        if rename.table is not None:
            yield rename
            continue
        owners = [t.name for t in current.tables if rename.before in names_of(rename.kind, t)]
        if len(owners) > 1:
            raise ConfigurationError(
                f"the rename {rename} is of several: {', '.join(map(str, owners))} have it",
                hint=f"say which, as in {_within(rename, owners[0])}",
            )
        if not owners:
            known = {name for t in current.tables for name in names_of(rename.kind, t)}
            raise unknown(
                rename, f"there is no {rename.kind} {rename.before}", rename.before, known
            )
        yield _within(rename, owners[0])


def _at_home(rename: Rename, desired: Schema) -> Rename:
    before, after = rename.names
    if before.schema is None or after.schema is not None:
        return rename
    names = _named(rename.kind, desired)
    here = QualifiedName(after.name, before.schema)
    return rename if after in names and here not in names else rename_of(rename.kind, before, here)


def _named(kind: Kind, schema: Schema) -> Set[QualifiedName]:
    """The names of the tables, enums or sequences."""
    if kind == "table":
        return {table.name for table in schema.tables}
    if kind == "enum":
        return {enum.name for enum in schema.enums}
    return {sequence.name for sequence in schema.sequences}


def _within(rename: Rename, table: QualifiedName) -> Rename:
    return Rename(rename.kind, table, rename.before, rename.after)


def require_there(apart: Iterable[Apart], current: Schema, desired: Schema) -> None:
    """Raise ConfigurationError where something is said to be no rename and is on no side."""
    for each in apart:
        for name, schemas in ((each.before, (current, desired)), (each.after, (desired,))):
            known = {known for schema in schemas for known in _known(each, schema)}
            if name is not None and name not in known | _without_schema(each, known):
                where = f" of {each.table}" if each.table else ""
                kind = each.kind.replace("_", " ")
                raise unknown(each, f"there is no {kind} {name}{where}", name, known)


def _without_schema(apart: Apart, known: Iterable[str]) -> set[str]:
    """The names that may be written without the schema of the old one."""
    if apart.kind in PARTS:
        return set()
    schema, dot, _ = apart.before.rpartition(".")
    return {name.removeprefix(schema + dot) for name in known if name.startswith(schema + dot)}


def _known(apart: Apart, schema: Schema) -> Iterator[str]:
    """The names that it could be, on one side."""
    match apart.kind:
        case "table" | "enum" | "sequence":
            yield from map(written, _named(apart.kind, schema))
        case "enum_value":
            for enum in schema.enums:
                yield from enum.values if enum.name == apart.table else ()
        case _:
            for table in schema.tables:
                if apart.table in (None, table.name):
                    yield from names_of(apart.kind, table)


def steps(pairs: dict[str, str], taken: Names) -> Iterator[tuple[str, str]]:
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
