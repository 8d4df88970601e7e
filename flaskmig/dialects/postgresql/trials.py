"""Views, functions and triggers as PostgreSQL itself would spell them: made, read back, undone.

They are made as temporary ones, beside temporary copies of those tables that the database does
not have or has otherwise. So nobody waits for a lock: what is read takes ACCESS SHARE, and a
trigger is made on a copy alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.engine import Connection

from flaskmig.dialects.base import Normalized
from flaskmig.dialects.postgresql import transactions
from flaskmig.dialects.postgresql.catalog import Reader, pinned, read_indexes, spell_name
from flaskmig.dialects.postgresql.clauses import create_index, identifier
from flaskmig.dialects.postgresql.declared import read_functions, read_triggers, read_views
from flaskmig.dialects.postgresql.normalizing import attempt, attempt_all, make_enums
from flaskmig.dialects.postgresql.routines import with_name
from flaskmig.dialects.postgresql.stage import Stage, set_up
from flaskmig.dialects.postgresql.stand_ins import create_stand_in
from flaskmig.dialects.postgresql.translation import temporary_name
from flaskmig.dialects.postgresql.triggers import with_table
from flaskmig.dialects.postgresql.views import create_view
from flaskmig.errors import UnsupportedOperationError
from flaskmig.schema import Function, Index, QualifiedName, Schema, Trigger, View

_RELATIONS = """
SELECT c.oid, c.relname AS name FROM pg_catalog.pg_class c
 WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relkind IN ('r', 'v')
"""
_FUNCTIONS = """
SELECT p.oid FROM pg_catalog.pg_proc p
 WHERE p.pronamespace = pg_catalog.pg_my_temp_schema() ORDER BY p.oid
"""
_TRIGGERS = """
SELECT t.oid FROM pg_catalog.pg_trigger t
  JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
 WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND NOT t.tgisinternal
"""


def normalize(
    connection: Connection, wanted: Sequence[Normalized], around: Schema
) -> list[Normalized]:
    """Each as the database would describe it, in the order given.

    Raises UnsupportedOperationError ("not comparable …") with the database's reason.
    """
    views = {place: each for place, each in enumerate(wanted) if isinstance(each, View)}
    functions = {place: each for place, each in enumerate(wanted) if isinstance(each, Function)}
    triggers = {place: each for place, each in enumerate(wanted) if isinstance(each, Trigger)}
    found: dict[int, Normalized] = {}
    if views:
        found.update(zip(views, _views(connection, [*views.values()], around), strict=True))
    if functions:
        described = _functions(connection, [*functions.values()], around)
        found.update(zip(functions, described, strict=True))
    if triggers:
        found.update(
            zip(triggers, _triggers(connection, [*triggers.values()], around), strict=True)
        )
    return [found[place] for place in range(len(wanted))]


def _views(connection: Connection, wanted: Sequence[View], around: Schema) -> Iterator[View]:
    with transactions.scratch(connection):
        stage = set_up(connection, [view.definition for view in wanted], around, wanted)
        texts = [(_stand_in(view, stage), str(view.name)) for view in stage.views]
        texts += [(sql, str(view.name)) for view in wanted for sql in _with_indexes(view)]
        attempt_all(connection, texts)
        with pinned(connection) as reader:
            oids = {row["name"]: row["oid"] for row in reader.rows(_RELATIONS)}
            read = read_views(reader, [oids[temporary_name(view.name)] for view in wanted])
            by_name = {view.name.name: view for view in read}
            indexes = {view.name: _indexes(reader, view, oids) for view in wanted}
    for view in wanted:
        seen = by_name[temporary_name(view.name)]
        uses = {(stage.name(relation), column) for relation, column in seen.uses}
        yield replace(
            view,
            definition=stage.back(seen.definition),
            columns=(),
            indexes=indexes[view.name],
            uses=tuple(sorted(uses)),
            output=tuple((name, stage.type_back(type_)) for name, type_ in seen.output),
        )


def _stand_in(view: View, stage: Stage) -> str:
    plain = replace(
        view,
        name=QualifiedName(temporary_name(view.name)),
        definition=stage.translation.there(view.definition),
        materialized=False,
        options=(),
    )
    return create_view(plain, temporary=True)


def _rows_of(view: View) -> str:
    """The temporary table that has the indexes of a materialized view."""
    return f"{temporary_name(view.name)}.rows"


def _with_indexes(view: View) -> Iterator[str]:
    """The indexes of a materialized view, on an empty table of its columns."""
    if not view.indexes:
        return
    source, rows = identifier(temporary_name(view.name)), QualifiedName(_rows_of(view))
    yield f"CREATE TEMPORARY TABLE {identifier(rows.name)} AS TABLE {source} WITH NO DATA"
    for index in view.indexes:
        yield create_index(rows, replace(index, options=(), tablespace=None))


def _indexes(reader: Reader, view: View, oids: Mapping[str, int]) -> tuple[Index, ...]:
    """The indexes with parts and conditions as the database spells them."""
    if not view.indexes:
        return ()
    oid = oids[_rows_of(view)]
    seen = {index.name: index for index in read_indexes(reader, [oid])[oid]}
    return tuple(
        replace(seen[index.name], options=index.options, tablespace=index.tablespace)
        for index in view.indexes
    )


def _functions(
    connection: Connection, wanted: Sequence[Function], around: Schema
) -> Iterator[Function]:
    with transactions.scratch(connection):
        stage = set_up(connection, [function.definition for function in wanted], around)
        transactions.execute(connection, "SET LOCAL check_function_bodies = off")
        with pinned(connection) as reader:
            before = {row["oid"] for row in reader.rows(_FUNCTIONS)}
        texts = [
            (with_name(each.definition, f"pg_temp.{identifier(each.name.name)}"), each.signature)
            for each in wanted
        ]
        attempt_all(connection, texts)
        with pinned(connection) as reader:
            made = [row["oid"] for row in reader.rows(_FUNCTIONS) if row["oid"] not in before]
            read = list(read_functions(reader, made))
    if len(read) != len(wanted):
        raise UnsupportedOperationError(
            "functions are not comparable: two of them are one to the database",
            hint="declare each function once",
        )
    for function, seen in zip(wanted, read, strict=True):
        yield replace(
            function,
            arguments=stage.back(seen.arguments),
            definition=with_name(seen.definition, spell_name(function.name)),
            interface=stage.back(seen.interface),
        )


def _triggers(
    connection: Connection, wanted: Sequence[Trigger], around: Schema
) -> Iterator[Trigger]:
    with transactions.scratch(connection):
        _make_tables(connection, wanted, around)
        texts = [
            (
                with_table(each.definition, identifier(temporary_name(each.table))),
                f"trigger {each.name} on {each.table}",
            )
            for each in wanted
        ]
        attempt_all(connection, texts)
        with pinned(connection) as reader:
            oids = [row["oid"] for row in reader.rows(_TRIGGERS)]
            read = {(seen.table.name, seen.name): seen for seen in read_triggers(reader, oids)}
    for trigger in wanted:
        seen = read[temporary_name(trigger.table), trigger.name]
        definition = with_table(seen.definition, spell_name(trigger.table))
        yield replace(trigger, definition=definition)


def _make_tables(connection: Connection, wanted: Sequence[Trigger], around: Schema) -> None:
    """A copy of each table or view that has one of the triggers."""
    owners = list(dict.fromkeys(trigger.table for trigger in wanted))
    tables = [table for name in owners if (table := around.find_table(name)) is not None]
    used = {column.type.enum for table in tables for column in table.columns}
    spelled = make_enums(connection, [enum for enum in around.enums if enum.name in used])
    for table in tables:
        attempt(connection, create_stand_in(table, spelled), str(table.name))
    for name in owners:
        if around.find_view(name) is not None:
            # INSTEAD OF triggers know no columns.
            view = f"CREATE TEMPORARY VIEW {identifier(temporary_name(name))} AS SELECT 1 AS one"
            attempt(connection, view, str(name))
