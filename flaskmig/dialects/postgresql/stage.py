"""What stands around an object that is made for a trial: other tables, types and views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from flaskmig.dialects.postgresql import introspection
from flaskmig.dialects.postgresql.catalog import pinned, read_enums, spell_name
from flaskmig.dialects.postgresql.normalizing import Respelling, attempt, make_enums
from flaskmig.dialects.postgresql.stand_ins import Mentioned, create_stand_in, differs, in_order
from flaskmig.dialects.postgresql.translation import Translation, temporary_name
from flaskmig.schema import QualifiedName, Schema, View
from flaskmig.sql import names, quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What was made for a trial, and how its texts are turned into those of what is meant."""

    translation: Translation
    enums: Mapping[QualifiedName, str]
    views: Sequence[View]

    def back(self, text: str) -> str:
        return Respelling(self.enums)(self.translation.back(text)) or ""

    def type_back(self, sql: str) -> str:
        """A type's own spelling of one that was read."""
        for name, temporary in self.enums.items():
            shown = temporary.removeprefix("pg_temp.")
            if shown in (quote(sql.removesuffix("[]")), sql.removesuffix("[]")):
                return spell_name(name) + ("[]" if sql.endswith("[]") else "")
        return self.back(sql)

    def name(self, shown: QualifiedName) -> QualifiedName:
        """The relation that is meant by one that was read."""
        if shown.schema is None or not shown.schema.startswith("pg_temp"):
            return shown
        stood_for = (n for n in self.translation.relations if temporary_name(n) == shown.name)
        return next(stood_for, shown)


def set_up(
    connection: Connection, texts: Sequence[str], around: Schema, wanted: Sequence[View] = ()
) -> Stage:
    """Make the tables and enum types that stand in, and say which views have to.

    Functions need no more than what is missing: nothing looks into their bodies.
    """
    mentioned = Mentioned(around)
    reached = mentioned.reached(texts)
    named = [*reached, *(view.name for view in wanted)]
    there = introspection.introspect(connection, only=named)
    tables = [
        table
        for table in around.tables
        if table.name in reached
        and differs(table, there.find_table(table.name), reached[table.name] if wanted else ())
    ]
    standing = {*(table.name for table in tables), *(view.name for view in wanted)}
    views = []
    for view in in_order((*wanted, *(v for v in around.views if v.name in reached)), mentioned):
        known = there.find_view(view.name)
        is_same = known is not None and (not wanted or known.definition == view.definition)
        if view in wanted or not is_same or standing & set(mentioned(view.definition)):
            views.append(view)
            standing.add(view.name)
    used = {column.type.enum for table in tables for column in table.columns}
    words = _words(texts, reached.values())
    enums = [e for e in around.enums if e.name in used or e.name.name.lower() in words]
    with pinned(connection) as reader:
        present = {enum.name for enum in read_enums(reader, [enum.name for enum in enums])}
        translation = Translation(frozenset(standing), reader.default_schema)
    spelled = make_enums(connection, [enum for enum in enums if enum.name not in present])
    for table in tables:
        attempt(connection, create_stand_in(table, spelled), str(table.name))
    return Stage(translation=translation, enums=spelled, views=views)


def _words(texts: Iterable[str], others: Iterable[Iterable[str]]) -> frozenset[str]:
    every = {*texts, *(text for group in others for text in group)}
    return frozenset(word for text in every for word in names(text, "postgresql"))
