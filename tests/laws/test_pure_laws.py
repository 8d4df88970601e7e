"""The two laws of operations, held on random schemas without a database."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.order import order
from flaskmig.engine.comparing.renames import plan_renames
from flaskmig.operations import Operation
from flaskmig.operations.refs import constraint_makes, index_makes, key_ref
from flaskmig.schema import ForeignKey, QualifiedName, Schema, Table, constraint_columns
from tests.laws.strategies import DialectName, pairs

DIALECTS: tuple[DialectName, ...] = ("sqlite", "postgresql")
IS_DEEP = settings.get_current_profile_name() == "deep"


def examples(number: int) -> settings:
    """So many examples in a normal run, and as many as the deep run asks for in that."""
    return settings(max_examples=settings().max_examples if IS_DEEP else number)


def canonical(schema: Schema) -> Schema:
    """The schema with columns in the order of their names, which is no difference."""
    return schema.with_tables(
        replace(table, columns=tuple(sorted(table.columns, key=lambda column: column.name)))
        for table in schema.tables
    )


def unnamed(schema: Schema, like: Schema) -> Schema:
    """The schema without those constraint names that ``like`` does not have either."""
    tables = []
    for table in schema.tables:
        wanted = like.find_table(table.name)
        names = {constraint.name for constraint in wanted.constraints} if wanted else set()
        constraints = tuple(
            constraint if constraint.name in names else replace(constraint, name=None)
            for constraint in table.constraints
        )
        tables.append(replace(table, constraints=constraints))
    return schema.with_tables(tables)


def dangling(schema: Schema) -> list[str]:
    """What points at something that is not there."""
    collections = (schema.tables, schema.enums, schema.sequences, schema.views)
    names = [named.name for collection in collections for named in collection]
    homeless = [
        f"{name} is in no schema"
        for name in names
        if name.schema and name.schema not in schema.schemas
    ]
    there = {(table.name, c.name) for table in schema.tables for c in table.columns}
    there |= {(view.name, name) for view in schema.views for _, name in view.uses}
    blind = [
        f"{view.name} reads what is not there" for view in schema.views if set(view.uses) - there
    ]
    return homeless + blind + list(chain.from_iterable(_dangling(t, schema) for t in schema.tables))


def _dangling(table: Table, schema: Schema) -> list[str]:
    faults = []
    names = {column.name for column in table.columns}
    for column in table.columns:
        if column.type.enum and schema.find_enum(column.type.enum) is None:
            faults.append(f"{table.name}.{column.name}: no enum {column.type.enum}")
        if column.sequence and schema.find_sequence(column.sequence) is None:
            faults.append(f"{table.name}.{column.name}: no sequence {column.sequence}")
    for constraint in table.constraints:
        if not names.issuperset(constraint_columns(constraint)):
            faults.append(f"{table.name}: {constraint} names a column that is not there")
    for index in table.indexes:
        if not names.issuperset(index.columns):
            faults.append(f"{table.name}: {index} names a column that is not there")
    return faults + [f"{table.name}: {key}" for key in table.foreign_keys if _hangs(key, schema)]


def _hangs(key: ForeignKey, schema: Schema) -> bool:
    target = schema.find_table(key.target)
    return target is None or key_ref(target.name, key.target_columns) not in _keys(target)


def _keys(table: Table) -> set[object]:
    made = [constraint_makes(table.name, constraint) for constraint in table.constraints]
    made += [index_makes(table.name, index) for index in table.indexes]
    return set().union(*made)


def run(schema: Schema, operations: list[Operation]) -> Schema:
    """The schema after the operations; no reference dangles on the way."""
    for operation in operations:
        schema = operation.apply(schema)
        assert dangling(schema) == [], f"after: {operation}"
    return schema


def backwards(operations: list[Operation]) -> list[Operation]:
    return [operation.reverse() for operation in reversed(operations)]


def hold_both_laws(before: Schema, after: Schema, operations: list[Operation]) -> None:
    reached = run(before, operations)
    assert canonical(unnamed(reached, after)) == canonical(unnamed(after, after))
    assert compare(reached, after) == []
    assert canonical(run(reached, backwards(operations))) == canonical(before)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_random_schemas_are_valid(dialect: DialectName) -> None:
    """Nothing dangles in a schema that the strategies make."""

    @given(pairs(dialect))
    @examples(100)
    def check(pair: tuple[Schema, Schema]) -> None:
        assert dangling(pair[0]) == []
        assert dangling(pair[1]) == []

    check()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_operations_lead_there_and_back(dialect: DialectName) -> None:
    """Ordered operations make B of A, their reverses make A again, and nothing ever dangles."""

    @given(pairs(dialect))
    @examples(300)
    def check(pair: tuple[Schema, Schema]) -> None:
        before, after = pair
        hold_both_laws(before, after, order(compare(before, after)))

    check()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_renames_lead_there_and_back(dialect: DialectName) -> None:
    """With every rename candidate taken as a rename, both laws still hold."""

    @given(pairs(dialect))
    @examples(200)
    def check(pair: tuple[Schema, Schema]) -> None:
        before, after = pair
        renames = plan_renames(before, after, decide=lambda candidate: True).operations
        renamed = before
        for operation in renames:
            renamed = operation.apply(renamed)
        hold_both_laws(before, after, order([*renames, *compare(renamed, after)]))

    check()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_order_does_not_depend_on_the_order_it_is_given(dialect: DialectName) -> None:
    """Shuffled operations come out in one and the same order."""

    @given(pairs(dialect), st.randoms(use_true_random=False))
    @examples(50)
    def check(pair: tuple[Schema, Schema], random: object) -> None:
        operations = compare(*pair)
        shuffled = list(operations)
        random.shuffle(shuffled)  # type: ignore[attr-defined]
        assert order(shuffled) == order(operations)

    check()


def test_a_namespace_is_made_before_a_table_moves_into_it() -> None:
    """A table that is renamed into a new schema finds that schema there."""
    before = Schema(tables=(Table(name=QualifiedName("a")),))
    after = Schema(tables=(Table(name=QualifiedName("a", "app")),), schemas=("app",))
    renames = plan_renames(before, after, decide=lambda candidate: True).operations
    renamed = before
    for operation in renames:
        renamed = operation.apply(renamed)
    hold_both_laws(before, after, order([*renames, *compare(renamed, after)]))
