"""Constraints as Python: inside ``op.create_table``, and as calls of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flaskmig.engine.rendering.python_source import call, literal
from flaskmig.engine.rendering.source_writer import (
    PartKind,
    SourceWriter,
    escaped,
    given,
    names,
)
from flaskmig.schema import (
    Check,
    Constraint,
    Exclude,
    ForeignKey,
    PrimaryKey,
    QualifiedName,
    Unique,
    constraint_columns,
    constraint_kind,
)

_KINDS: Mapping[type, PartKind] = {
    PrimaryKey: "primary_key",
    Unique: "unique",
    Check: "check",
    ForeignKey: "foreign_key",
    Exclude: "exclude",
}


def is_inline(constraint: Constraint) -> bool:
    """Whether SQLAlchemy can say the constraint inside of a table."""
    match constraint:
        case PrimaryKey():
            return not constraint.include
        case Unique():
            return not constraint.everywhere.include
        case Check():
            return not (constraint.not_valid or constraint.no_inherit)
        case ForeignKey():
            # A dot in a name cannot be told from the dots between names.
            parts = (constraint.target.name, constraint.target.schema or "")
            dotted = any("." in part for part in (*parts, *constraint.target_columns))
            return not (constraint.not_valid or dotted)
        case Exclude():
            return True


def inline_code(writer: SourceWriter, table: QualifiedName, constraint: Constraint) -> str | None:
    """The constraint as an argument of ``op.create_table``, None to leave it out."""
    own = writer.part(_KINDS[type(constraint)], table, constraint)
    return _inline(writer, constraint) if own is False else own


def _inline(writer: SourceWriter, constraint: Constraint) -> str:
    name = given({"name": constraint.name})
    match constraint:
        case PrimaryKey():
            columns = [literal(column) for column in constraint.columns]
            keywords = {**name, **_deferral(constraint), **_on_conflict(constraint)}
            return call(writer.sa("PrimaryKeyConstraint"), columns, keywords)
        case Unique():
            columns = [literal(column) for column in constraint.columns]
            return call(
                writer.sa("UniqueConstraint"), columns, {**name, **_unique_options(constraint)}
            )
        case Check():
            text = literal(escaped(constraint.expression))
            return call(writer.sa("CheckConstraint"), [text], name)
        case ForeignKey():
            arguments = [names(constraint.columns), names(_targets(constraint))]
            return call(
                writer.sa("ForeignKeyConstraint"), arguments, {**name, **_actions(constraint)}
            )
        case Exclude():
            elements = _elements(writer, constraint)
            keywords = {**name, **_exclude_options(writer, constraint)}
            return call(writer.postgresql("ExcludeConstraint"), elements, keywords)


def create_code(
    writer: SourceWriter, table: QualifiedName, constraint: Constraint
) -> Iterator[str]:
    """The call that adds the constraint to a table, if it is not to be left out."""
    # Of the calls, Alembic asks its render_item about this one only.
    own = writer.part("unique", table, constraint) if isinstance(constraint, Unique) else False
    code = _create(writer, table, constraint) if own is False else own
    if code is not None:
        yield code


def _create(writer: SourceWriter, table: QualifiedName, constraint: Constraint) -> str:
    head = [literal(constraint.name), literal(table.name)]
    schema = given({"schema": table.schema})
    match constraint:
        case PrimaryKey():
            keywords = {
                **schema,
                **_deferral(constraint),
                **given({"postgresql_include": constraint.include}),
                **_on_conflict(constraint),
            }
            return call("op.create_primary_key", [*head, names(constraint.columns)], keywords)
        case Unique():
            keywords = {
                **schema,
                **_unique_options(constraint),
                **given({"postgresql_include": constraint.everywhere.include}),
            }
            return call("op.create_unique_constraint", [*head, names(constraint.columns)], keywords)
        case Check():
            keywords = {
                **schema,
                **given(
                    {
                        "postgresql_not_valid": constraint.not_valid,
                        "postgresql_no_inherit": constraint.no_inherit,
                    }
                ),
            }
            arguments = [*head, writer.text(constraint.expression)]
            return call("op.create_check_constraint", arguments, keywords)
        case ForeignKey():
            return _create_foreign_key(table, constraint)
        case Exclude():
            arguments = [*head, *_elements(writer, constraint)]
            keywords = {**schema, **_exclude_options(writer, constraint)}
            return call("op.create_exclude_constraint", arguments, keywords)


def _create_foreign_key(table: QualifiedName, key: ForeignKey) -> str:
    arguments = [
        literal(key.name),
        literal(table.name),
        literal(key.target.name),
        names(key.columns),
        names(key.target_columns),
    ]
    keywords = {
        **given({"source_schema": table.schema, "referent_schema": key.target.schema}),
        **_actions(key),
        **given({"postgresql_not_valid": key.not_valid}),
    }
    return call("op.create_foreign_key", arguments, keywords)


def drop_code(writer: SourceWriter, table: QualifiedName, constraint: Constraint) -> str:
    """The call that drops the constraint, named by what it is where it has no name."""
    arguments = [literal(constraint.name), literal(table.name)]
    return call("op.drop_constraint", arguments, _address(writer, table, constraint))


def rename_code(
    writer: SourceWriter, table: QualifiedName, constraint: Constraint, after: str | None
) -> str:
    """The call that gives the constraint another name."""
    arguments = [literal(constraint.name), literal(after), literal(table.name)]
    return call("op.rename_constraint", arguments, _address(writer, table, constraint))


def _address(writer: SourceWriter, table: QualifiedName, constraint: Constraint) -> dict[str, str]:
    keywords = {
        **given({"schema": table.schema}),
        "type_": literal(constraint_kind(constraint)),
    }
    if constraint.name is not None:
        return keywords
    match constraint:
        case PrimaryKey() | Unique():
            keywords["columns"] = names(constraint.columns)
        case ForeignKey():
            keywords["columns"] = names(constraint.columns)
            target = constraint.target
            keywords |= given({"referent_table": target.name, "referent_schema": target.schema})
            keywords["referent_columns"] = names(constraint.target_columns)
        case Check():
            keywords["condition"] = writer.text(constraint.expression)
        case Exclude():
            keywords["columns"] = names(constraint_columns(constraint))
    return keywords


def _deferral(constraint: PrimaryKey | Unique | ForeignKey | Exclude) -> dict[str, str]:
    initially = "DEFERRED" if constraint.initially_deferred else None
    return given({"deferrable": constraint.deferrable, "initially": initially})


def _on_conflict(constraint: PrimaryKey | Unique) -> dict[str, str]:
    return given({"sqlite_on_conflict": constraint.on_conflict})


def _unique_options(unique: Unique) -> dict[str, str]:
    unique = unique.everywhere
    return {
        **_deferral(unique),
        **given({"postgresql_nulls_not_distinct": unique.nulls_not_distinct}),
        **_on_conflict(unique),
    }


def _actions(key: ForeignKey) -> dict[str, str]:
    actions = {"onupdate": key.on_update, "ondelete": key.on_delete, "match": key.match}
    return {**given(actions), **_deferral(key)}


def _targets(key: ForeignKey) -> list[str]:
    return [f"{key.target}.{column}" for column in key.target_columns]


def _elements(writer: SourceWriter, constraint: Exclude) -> list[str]:
    elements = []
    for element in constraint.elements:
        if element.column is not None:
            what = literal(element.column)
        else:
            opclass = f" {element.opclass}" if element.opclass else ""
            # SQLAlchemy 2.0 loses a plain column that stands beside a text().
            expression = literal(f"{element.expression}{opclass}")
            what = f"{writer.sa('literal_column')}({expression})"
        elements.append(f"({what}, {literal(element.operator)})")
    return elements


def _exclude_options(writer: SourceWriter, constraint: Exclude) -> dict[str, str]:
    classes = {e.column: e.opclass for e in constraint.elements if e.column and e.opclass}
    keywords = {"using": literal(constraint.method)}
    if constraint.where is not None:
        keywords["where"] = writer.text(constraint.where)
    if classes:
        keywords["ops"] = literal(classes)
    return {**keywords, **_deferral(constraint)}
