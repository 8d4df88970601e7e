"""Views and triggers on SQLite: read from their stored texts, and compared by their tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flaskmig.dialects.base import Normalized
from flaskmig.errors import OperationError, UnsupportedOperationError
from flaskmig.schema import Function, QualifiedName, Schema, Trigger, View
from flaskmig.schema.declared import NO_COLUMN
from flaskmig.sql import Token, names, quote, tokens

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
_ALL_COLUMNS = frozenset({"*", "NATURAL"})


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view that may be read: its name, and its columns where they are known."""

    name: str
    columns: tuple[str, ...] = ()


def relations_of(schema: Schema) -> dict[str, Relation]:
    """The tables and views of a schema, by their names in lower case."""
    tables = {
        table.name.name.lower(): Relation(
            table.name.name, tuple(column.name for column in table.columns)
        )
        for table in schema.tables
    }
    return tables | {view.name.name.lower(): Relation(view.name.name) for view in schema.views}


def read_view(name: str, sql: str, relations: Mapping[str, Relation]) -> View:
    """The view that a stored text makes; raises OperationError where it cannot be read."""
    found = tokens(sql)
    columns: list[str] = []
    depth = 0
    for token in found:
        if token.text in ("(", ")"):
            depth += 1 if token.text == "(" else -1
        elif depth and token.text != ",":
            columns.append(token.name)
        elif not depth and token.keyword == "AS":
            definition = sql[token.end :].strip().rstrip(";").rstrip()
            return View(
                name=QualifiedName(name),
                definition=definition,
                columns=tuple(columns),
                uses=tuple(sorted(uses_of(name, definition, relations))),
            )
    raise OperationError(
        f"the stored definition of view {name} could not be read",
        hint="please report the view's CREATE VIEW text",
    )


def uses_of(
    name: str, definition: str, relations: Mapping[str, Relation]
) -> Iterator[tuple[QualifiedName, str]]:
    """What a view of that name reads, as its words tell: rather too much than too little."""
    words = names(definition)
    reads_all = _reads_all_columns(definition)
    for key in sorted((words & relations.keys()) - {name.lower()}):
        relation = relations[key]
        found = [column for column in relation.columns if column.lower() in words]
        if reads_all or not relation.columns:
            found = [""]
        for column in found or [NO_COLUMN]:
            yield QualifiedName(relation.name), column


def _reads_all_columns(definition: str) -> bool:
    found = tokens(definition)
    return any(
        token.keyword in _ALL_COLUMNS and not (before is not None and before.text == "(")
        for before, token in zip([None, *found], found, strict=False)
    )


def normalize_declared(declared: Sequence[Normalized], around: Schema) -> list[Normalized]:
    """Each with its text in one spelling, which differs where the meaning may.

    SQLite keeps texts as they were written, so no database is asked. Raises
    UnsupportedOperationError for what SQLite does not have.
    """
    relations = relations_of(around)
    found: list[Normalized] = []
    for each in declared:
        match each:
            case View(name=name):
                uses = tuple(sorted(uses_of(name.name, each.definition, relations)))
                definition = one_spelling(each.definition)
                columns = tuple(column.lower() for column in each.columns)
                found.append(
                    replace(each, definition=definition, columns=columns, uses=uses, comment=None)
                )
            case Trigger():
                found.append(replace(each, definition=one_spelling(each.definition), comment=None))
            case Function():
                raise UnsupportedOperationError(
                    f"SQLite has no functions that are declared: {each.signature}",
                    hint='limit it to PostgreSQL with dialects=("postgresql",)',
                )
    return found


def one_spelling(text: str) -> str:
    """The text without comments, letter case and quotes that do not count."""
    return " ".join(_spelled(token) for token in tokens(text.strip().rstrip(";")))


def _spelled(token: Token) -> str:
    if token.kind == "word":
        return token.text.lower()
    if token.kind == "quoted":
        name = token.name.lower()
        return name if _PLAIN.fullmatch(name) else quote(name)
    return token.text
