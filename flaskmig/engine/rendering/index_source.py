"""Indexes as Python: ``op.create_index`` and ``op.drop_index``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flaskmig.engine.rendering.python_source import call, code_list, literal
from flaskmig.engine.rendering.source_writer import DATABASES, SourceWriter, given
from flaskmig.schema import Index, IndexPart, QualifiedName


def create_code(
    writer: SourceWriter, table: QualifiedName, index: Index, *, concurrently: bool = False
) -> str:
    versions = _versions(writer, index)
    there = versions.get("postgresql", index)
    ordered = _with_operator_classes(index, there)
    parts = [_part(writer, part, position) for position, part in enumerate(ordered, 1)]
    arguments = [literal(index.name), literal(table.name), code_list(parts)]
    where = {
        f"{database}_where": writer.text(version.where)
        for database, version in sorted(versions.items())
        if version.where is not None
    }
    keywords = {
        **given({"schema": table.schema, "unique": index.unique, "postgresql_using": there.method}),
        **where,
        **given(
            {
                "postgresql_ops": _operator_classes(ordered) or None,
                "postgresql_include": there.include,
                "postgresql_nulls_not_distinct": there.nulls_not_distinct,
                "postgresql_with": dict(there.options) or None,
                "postgresql_tablespace": there.tablespace,
                "postgresql_concurrently": concurrently,
            }
        ),
    }
    return call("op.create_index", arguments, keywords)


def drop_code(table: QualifiedName, index: Index, *, concurrently: bool = False) -> str:
    keywords = given(
        {
            "table_name": table.name,
            "schema": table.schema,
            "postgresql_concurrently": concurrently,
        }
    )
    return call("op.drop_index", [literal(index.name)], keywords)


def rename_code(table: QualifiedName, before: str, after: str) -> str:
    keywords = given({"table_name": table.name, "schema": table.schema})
    return call("op.rename_index", [literal(before), literal(after)], keywords)


def _label(position: int) -> str:
    return f"part_{position}"


def _versions(writer: SourceWriter, index: Index) -> dict[str, Index]:
    """The index as each database is to have it, as far as that is known."""
    if not writer.dialect:
        return dict.fromkeys(DATABASES, index)
    versions = {writer.dialect: index}
    if index.elsewhere is not None:
        versions |= {name: index.elsewhere for name in DATABASES if name != writer.dialect}
    return versions


def _with_operator_classes(index: Index, there: Index) -> tuple[IndexPart, ...]:
    """The parts with PostgreSQL's operator classes, which no other database has."""
    if len(there.parts) != len(index.parts):
        return index.parts
    return tuple(
        replace(part, opclass=other.opclass)
        for part, other in zip(index.parts, there.parts, strict=True)
    )


def _operator_classes(parts: Sequence[IndexPart]) -> dict[str, str]:
    return {
        part.column if part.column and not _is_dressed(part) else _label(position): part.opclass
        for position, part in enumerate(parts, 1)
        if part.opclass
    }


def _is_dressed(part: IndexPart) -> bool:
    """Whether more than the column or the expression has to be said."""
    return part.descending or part.nulls is not None or part.collation is not None


def _part(writer: SourceWriter, part: IndexPart, position: int) -> str:
    if part.column is not None:
        if not _is_dressed(part):
            return literal(part.column)
        code = call(writer.sa("column"), [literal(part.column)])
    else:
        expression = part.expression or ""
        if not _is_dressed(part) and part.opclass is None:
            return writer.text(expression)
        # Not text(): only a column can carry an order and a label.
        code = call(writer.sa("literal_column"), [literal(expression)])
    code = _ordered(_collated(code, part), part)
    return f"{code}.label({literal(_label(position))})" if part.opclass else code


def _collated(code: str, part: IndexPart) -> str:
    return code if part.collation is None else f"{code}.collate({literal(part.collation)})"


def _ordered(code: str, part: IndexPart) -> str:
    if part.descending:
        code = f"{code}.desc()"
    if part.nulls is not None:
        code = f"{code}.nulls_{part.nulls}()"
    return code
