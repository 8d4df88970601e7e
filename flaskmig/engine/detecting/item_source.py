"""``render_item``: how a project writes parts of tables in its revision files."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from sqlalchemy.engine import Dialect as SQLAlchemyDialect

from flaskmig.engine.detecting.inclusion import Models
from flaskmig.engine.files.revision_source import bound_names
from flaskmig.engine.models.rebuilt import Rebuilt
from flaskmig.engine.rendering.python_source import lay_out
from flaskmig.engine.rendering.source_writer import PartKind
from flaskmig.engine.rendering.type_spelling import SA_IMPORT
from flaskmig.errors import ConfigurationError
from flaskmig.schema import (
    Column,
    Constraint,
    QualifiedName,
    Schema,
    Source,
    Table,
    Type,
    constraint_columns,
)

RenderItem: TypeAlias = Callable[[str, Any, "RenderContext"], "str | bool | None"]
_PREFIXES: Mapping[str, Any] = MappingProxyType(
    {"alembic_module_prefix": "op.", "sqlalchemy_module_prefix": "sa.", "user_module_prefix": None}
)


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What the function is given last, as far as it looks at Alembic's AutogenContext.

    It adds whole lines to ``imports``; ``sa`` and ``op`` are there without.
    """

    dialect: SQLAlchemyDialect
    imports: set[str] = field(default_factory=set)
    opts: Mapping[str, Any] = field(default_factory=lambda: _PREFIXES)


class ItemSource:
    """The function at work on one difference: it sees SQLAlchemy objects and returns source.

    What the models declare is shown as they have it, what only the database has is rebuilt.
    """

    def __init__(
        self,
        function: RenderItem,
        models: Models | Rebuilt,
        desired: Schema,
        dialect: SQLAlchemyDialect,
    ) -> None:
        self._function = function
        self._models = models
        self._desired = desired
        self._context = RenderContext(dialect)

    def __call__(
        self, kind: PartKind, table: QualifiedName, part: Column | Constraint
    ) -> Source | Literal[False] | None:
        """The source of the part, None to leave it out, False for flaskmig's own.

        Raises ConfigurationError where what the function returns has no place in a file.
        """
        item = self._object(kind, table, part)
        given = self._function(kind, item, self._context) if item is not None else False
        if isinstance(given, str):
            return self._source(kind, given)
        if given is None and kind == "type":
            raise _wrong(kind, given, "a column needs its type", "return the source of a type")
        if given is None or given is False:
            return given
        raise _wrong(kind, given, "that is no text", "return source text, None or False")

    def _object(self, kind: PartKind, table: QualifiedName, part: Column | Constraint) -> Any:
        known = self._desired.find_table(table)
        models: Models | Rebuilt = self._models
        if isinstance(part, Column):
            if known is None or part not in known.columns:
                models = Rebuilt(Schema(tables=(Table(name=table, columns=(part,)),)))
            column = models.column(table, part.name)
            if column is None or kind == "column":
                return column
            return column.type if kind == "type" else column.server_default
        if known is None or part not in known.constraints:
            names = dict.fromkeys(constraint_columns(part))
            columns = tuple(Column(name=name, type=Type(sql="integer")) for name in names)
            alone = Table(name=table, columns=columns, constraints=(part,))
            models = Rebuilt(Schema(tables=(alone,)))
        return models.constraint(table, part)

    def _source(self, kind: PartKind, code: str) -> Source:
        try:
            lay_out(code, width=100)
            names = {each.id for each in ast.walk(ast.parse(code)) if isinstance(each, ast.Name)}
            lines = {line: bound_names(line) for line in {SA_IMPORT, *self._context.imports}}
        except (SyntaxError, ValueError, TypeError) as error:
            raise _wrong(
                kind, code, str(error), "return a call, such as myapp.types.Money()"
            ) from (error)
        missing = names - {"op"}.union(*lines.values())
        if missing:
            what = f"nothing imports {', '.join(sorted(missing))}"
            raise _wrong(kind, code, what, 'context.imports.add("import …")')
        return Source(code, tuple(sorted(line for line in lines if lines[line] & names)))


def _wrong(kind: PartKind, given: object, what: str, hint: str) -> ConfigurationError:
    return ConfigurationError(f"render_item returned {given!r} for a {kind}: {what}", hint=hint)
