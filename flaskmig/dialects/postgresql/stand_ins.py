"""Temporary tables that stand for those which the database does not have, or has otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flaskmig.dialects.postgresql.clauses import create_table
from flaskmig.dialects.postgresql.translation import temporary_name
from flaskmig.schema import Column, PrimaryKey, QualifiedName, Schema, Table, Type, View
from flaskmig.sql import names, tokens

_ALL_COLUMNS = frozenset({"*", "NATURAL"})


@dataclass(slots=True)
class Mentioned:
    """The relations of a schema by the words of their names, to find those that a text reads."""

    schema: Schema
    _by_word: dict[str, list[QualifiedName]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_word = defaultdict(list)
        tables = [table.name for table in self.schema.tables]
        for name in (*tables, *(view.name for view in self.schema.views)):
            self._by_word[name.name.lower()].append(name)

    def __call__(self, text: str) -> Iterator[QualifiedName]:
        """Those that the text may read: rather too many than too few."""
        words = names(text, "postgresql")
        for word in sorted(words & self._by_word.keys()):
            for name in self._by_word[word]:
                if name.schema is None or name.schema.lower() in words:
                    yield name

    def reached(self, texts: Iterable[str]) -> dict[QualifiedName, list[str]]:
        """The relations that the texts read, through views too, with the texts that do."""
        found = defaultdict[QualifiedName, list[str]](list)
        pending, seen = list(texts), set[str]()
        while pending:
            text = pending.pop()
            if text in seen:
                continue
            seen.add(text)
            for name in self(text):
                found[name].append(text)
                view = self.schema.find_view(name)
                if view is not None:
                    pending.append(view.definition)
        return found


def differs(table: Table, there: Table | None, texts: Iterable[str]) -> bool:
    """Whether the table in the database is another one for what the texts read of it."""
    if there is None:
        return True
    wanted, present = _shape(table), _shape(there)
    if wanted == present and _key(table) == _key(there):
        return False
    changed = {name.lower() for name, *_ in set(wanted) ^ set(present)}
    for text in texts:
        words = names(text, "postgresql")
        if changed & words or (_key(table) != _key(there) and "group" in words):
            return True
        if wanted != present and reads_all_columns(text):
            return True
    return False


def reads_all_columns(text: str) -> bool:
    """Whether a column that is added or moved may change what the text selects."""
    found = tokens(text, "postgresql")
    for before, token in zip([None, *found], found, strict=False):
        if token.keyword in _ALL_COLUMNS and not (before is not None and before.text == "("):
            return True
    return False


def _shape(table: Table) -> list[tuple[str, str, str | None]]:
    return [(column.name, column.type.sql, column.collation) for column in table.columns]


def _key(table: Table) -> tuple[str, ...]:
    return table.primary_key.columns if table.primary_key else ()


def create_stand_in(table: Table, enums: Mapping[QualifiedName, str]) -> str:
    """CREATE TEMPORARY TABLE with what a view or a trigger can see of the table.

    ``enums`` are the types that stand in, and how they are written.
    """
    columns = []
    for column in table.columns:
        sql = column.type.sql
        if column.type.enum is not None and column.type.enum in enums:
            sql = enums[column.type.enum] + ("[]" if sql.endswith("[]") else "")
        columns.append(Column(name=column.name, type=Type(sql=sql), collation=column.collation))
    key = _key(table)
    copy = Table(
        name=QualifiedName(temporary_name(table.name)),
        columns=tuple(columns),
        constraints=(PrimaryKey(columns=key),) if key else (),
    )
    return create_table(copy).replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1)


def in_order(views: Iterable[View], mentioned: Mentioned) -> list[View]:
    """The views, each after those that it reads."""
    by_name = {view.name: view for view in views}
    found: dict[QualifiedName, View] = {}
    visited = set[QualifiedName]()

    def visit(view: View) -> None:
        if view.name in visited:
            return
        visited.add(view.name)
        for name in mentioned(view.definition):
            if name in by_name:
                visit(by_name[name])
        found[view.name] = view

    for view in by_name.values():
        visit(view)
    return list(found.values())
