"""Tables as Python: ``op.create_table`` with what follows it, ``op.alter_table``, comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flaskmig.engine.rendering import constraint_source, index_source
from flaskmig.engine.rendering.column_source import column_code
from flaskmig.engine.rendering.python_source import call, literal
from flaskmig.engine.rendering.source_writer import SourceWriter, given
from flaskmig.operations import AlterTable
from flaskmig.schema import OptionValue, Table


def create_table(writer: SourceWriter, table: Table) -> Iterator[str]:
    """The call that makes the table, then those for what SQLAlchemy has no inline form for."""
    inline = [c for c in table.constraints if constraint_source.is_inline(c)]
    arguments = [
        literal(table.name.name),
        *(column_code(writer, table.name, column, table) for column in table.columns),
        *(constraint_source.inline_code(writer, table.name, constraint) for constraint in inline),
    ]
    settings = table.settings.everywhere
    options = dict(settings.options)
    unlogged = options.pop("unlogged", False)
    keywords = given({"schema": table.name.schema, "comment": settings.comment})
    if unlogged:
        keywords["prefixes"] = literal(["UNLOGGED"])
    if writer.dialect == "sqlite" and any(column.autoincrement for column in table.columns):
        keywords["sqlite_autoincrement"] = "True"
    keywords |= {name: literal(value) for name, value in table_options(options).items()}
    yield call("op.create_table", (code for code in arguments if code is not None), keywords)
    for constraint in table.constraints:
        if constraint not in inline:
            yield from constraint_source.create_code(writer, table.name, constraint)
    for index in table.indexes:
        yield index_source.create_code(writer, table.name, index)


def table_options(options: Mapping[str, OptionValue | None]) -> dict[str, Any]:
    """Options under the names that SQLAlchemy has for them; None is the database's default."""
    found: dict[str, Any] = {}
    storage = {}
    for name, value in options.items():
        if name.startswith("with."):
            storage[name.removeprefix("with.")] = value
        elif name == "without_rowid":
            found["sqlite_with_rowid"] = not value
        elif name in ("autoincrement", "strict"):
            found[f"sqlite_{name}"] = bool(value)
        else:
            found[f"postgresql_{name}"] = value
    if storage:
        found["postgresql_with"] = storage
    return found


def alter_table(operation: AlterTable) -> Iterator[str]:
    """Calls for the options that change, and for the comment."""
    before, after = operation.before, operation.after
    table = literal(operation.table.name)
    schema = given({"schema": operation.table.schema})
    old, new = dict(before.options), dict(after.options)
    changed = {
        name: new.get(name) for name in sorted({*old, *new}) if old.get(name) != new.get(name)
    }
    if changed:
        options = {name: literal(value) for name, value in table_options(changed).items()}
        yield call("op.alter_table", [table], {**options, **schema})
    if before.comment == after.comment:
        return
    existing = given({"existing_comment": before.comment})
    if after.comment is None:
        yield call("op.drop_table_comment", [table], {**existing, **schema})
    else:
        arguments = [table, literal(after.comment)]
        yield call("op.create_table_comment", arguments, {**existing, **schema})
