"""Columns that a batch block renames: its other calls may know them by either name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flaskmig.engine.calls import columns, constraints, indexes

# Which argument of a call names a column of the table, or several.
_ONE = {columns.alter_column: 1, columns.drop_column: 1}
_SEVERAL = {
    constraints.create_foreign_key: 3,
    constraints.create_primary_key: 2,
    constraints.create_unique_constraint: 2,
    indexes.create_index: 2,
}


def renamed_by(
    function: Callable[..., Any], arguments: Sequence[Any], options: Mapping[str, Any]
) -> tuple[str, str] | None:
    """The names before and after, where a call gives a column another one."""
    if function is columns.alter_column and options.get("new_column_name"):
        return arguments[1], options["new_column_name"]
    return None


def with_new_names(
    function: Callable[..., Any], arguments: tuple[Any, ...], names: Mapping[str, str]
) -> tuple[Any, ...]:
    """The arguments of a call with ``names``, from old to new, for columns of its table."""
    changed = list(arguments)
    if function in _ONE:
        place = _ONE[function]
        changed[place] = names.get(changed[place], changed[place])
    elif function in _SEVERAL:
        place = _SEVERAL[function]
        changed[place] = [
            names.get(each, each) if isinstance(each, str) else each for each in changed[place]
        ]
    return tuple(changed)
