"""Indexes as Python: ``op.create_index`` and ``op.drop_index``."""

from __future__ import annotations

from flaskmig.engine.rendering.python_source import call, code_list, literal
from flaskmig.engine.rendering.source_writer import SourceWriter, given
from flaskmig.schema import Index, IndexPart, QualifiedName


def create_code(
    writer: SourceWriter, table: QualifiedName, index: Index, *, concurrently: bool = False
) -> str:
    parts = [_part(writer, part, position) for position, part in enumerate(index.parts, 1)]
    arguments = [literal(index.name), literal(table.name), code_list(parts)]
    where = {}
    if index.where is not None:
        where = writer.dialect_option("where", writer.text(index.where))
    keywords = {
        **given({"schema": table.schema, "unique": index.unique, "postgresql_using": index.method}),
        **where,
        **given(
            {
                "postgresql_ops": _operator_classes(index) or None,
                "postgresql_include": index.include,
                "postgresql_nulls_not_distinct": index.nulls_not_distinct,
                "postgresql_with": dict(index.options) or None,
                "postgresql_tablespace": index.tablespace,
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


def _operator_classes(index: Index) -> dict[str, str]:
    return {
        part.column if part.column and not _is_dressed(part) else _label(position): part.opclass
        for position, part in enumerate(index.parts, 1)
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
